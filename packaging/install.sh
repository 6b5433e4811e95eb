#!/bin/sh
# Install Matinee into an environment: compile llama.cpp and download the rest at the same time.
# usage: install.sh BIN LLAMA_CPP CORES BIG_PACKAGE...
set -eu
bin=$1 llama=$2 cores=$3
shift 3
venv=$(dirname "$bin")
log=$venv/install.log
wheels=$venv/wheels
pip() { "$bin/python" -m pip --disable-pip-version-check "$@"; }
fail() {
  echo "Installing failed. The end of $log:" >&2
  tail -n 25 "$log" >&2
  exit 1
}
: >"$log"

compile() {
  include=$PWD/packaging/llama-minimal.cmake
  CMAKE_BUILD_PARALLEL_LEVEL=$cores \
  CMAKE_ARGS="-DLLAVA_BUILD=OFF -DCMAKE_PROJECT_llama.cpp_INCLUDE='$include' ${CMAKE_ARGS:-}" \
    pip wheel --constraint constraints.txt --no-deps --wheel-dir "$wheels" "$llama"
}

started=$(date +%s)
case $llama in
  *.whl) echo "[2/3] Using $llama" ;;
  *)
    command -v c++ >/dev/null || command -v g++ >/dev/null || command -v clang++ >/dev/null || {
      echo "Compiling llama.cpp needs a C++ compiler (Debian: apt install g++)." >&2
      echo "Or name a prebuilt wheel: make LLAMA_CPP=llama_cpp_python-….whl" >&2
      exit 1
    }
    echo "[2/3] Downloading the packages, and compiling llama.cpp meanwhile:" \
         "1 to 4 minutes on 2 cores, once (pip keeps the result)."
    echo "      To skip it, name a prebuilt or GPU wheel: make LLAMA_CPP=llama_cpp_python-….whl"
    ;;
esac
compile >>"$log" 2>&1 &
compiling=$!
trap 'kill $compiling 2>/dev/null; exit 130' INT TERM
pip install --constraint constraints.txt "$@" >>"$log" 2>&1 || { kill $compiling 2>/dev/null; fail; }
echo "      packages: $(($(date +%s) - started)) s"
wait $compiling || fail
echo "      llama.cpp: $(($(date +%s) - started)) s"

echo "[3/3] Installing Matinee"
pip install --constraint constraints.txt --find-links "$wheels" --editable . >>"$log" 2>&1 || fail
echo "      done: $(($(date +%s) - started)) s in all. What pip said: $log"
