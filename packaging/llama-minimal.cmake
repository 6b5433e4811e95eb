# Read by CMake right after llama.cpp's own project() line (CMAKE_PROJECT_<name>_INCLUDE).
# llama-cpp-python forces LLAMA_BUILD_COMMON on in the cache; a normal variable of the same name
# hides it. Matinee calls libllama alone, and libllama-common is more than half of the compile.
set(LLAMA_BUILD_COMMON OFF)
