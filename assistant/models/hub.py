"""The Hugging Face hub: the one place on the network that Matinee goes to, when it is told to.

The switches of `assistant.startup` keep the libraries off the network for the whole life of a
process. They stay as they are: this module is our own, reads none of them, and is called by
``matinee models get`` and its like alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from importlib import metadata
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import ModelError

if TYPE_CHECKING:
    import httpx

DEFAULT_ENDPOINT = "https://huggingface.co"
ENDPOINT_VARIABLE = "HF_ENDPOINT"
TOKEN_VARIABLE = "HF_TOKEN"  # noqa: S105 - the name of a variable
CONNECT_S = 10.0
SILENT_S = 30.0
"""After so many seconds without a byte the connection counts as lost."""
_SAFE_NAME = re.compile(r"[A-Za-z0-9_][\w.-]*(?:/[A-Za-z0-9_][\w.-]*)*", re.ASCII)
_CONTENT_RANGE = re.compile(r"bytes (\d+)-")
_TRY_LATER = frozenset(
    {
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)


class DownloadError(ModelError):
    """A model cannot be downloaded."""


class ConnectionLost(Exception):  # noqa: N818 - the download goes on after it
    """The connection broke, or the server is busy: worth another try."""


class Checksum(BaseModel):
    """What the content of a file must come to."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["sha256", "git"]
    """SHA-256 of the content; or, of the small files, its name in git: SHA-1 with a header."""
    value: str


class HubFile(BaseModel):
    """A file of a repository, as the hub describes it."""

    model_config = ConfigDict(frozen=True)

    name: str
    size: int
    checksum: Checksum


class Listing(BaseModel):
    """A repository at one commit."""

    model_config = ConfigDict(frozen=True)

    repo: str
    commit: Annotated[str, Field(pattern=r"^[0-9a-f]{40}$")]
    files: tuple[HubFile, ...]


@dataclass(frozen=True)
class Hub:
    """The hub, or a mirror of it.

    Proxies and certificates are those of the environment (``HTTPS_PROXY``, ``SSL_CERT_FILE``).
    """

    endpoint: str
    token: str | None = None

    @classmethod
    def of_environment(cls) -> Hub:
        """The hub that ``HF_ENDPOINT`` names, with the token in ``HF_TOKEN``.

        Raises:
            DownloadError: what is named is no address.
        """
        endpoint = (os.environ.get(ENDPOINT_VARIABLE) or DEFAULT_ENDPOINT).rstrip("/")
        parts = urlsplit(endpoint)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise DownloadError(
                "HF_ENDPOINT is not the address of a server.",
                endpoint,
                f"Unset it, or set it like {DEFAULT_ENDPOINT}",
            )
        return cls(endpoint, os.environ.get(TOKEN_VARIABLE) or None)

    def listing(self, repo: str, revision: str = "main") -> Generator[Listing]:
        """Yield what a repository holds: its commit and its files with their checksums.

        A generator, so that `assistant.models.ahead.read_ahead` can give it up.

        Raises:
            DownloadError: there is no such repository, or it may not be seen.
            ConnectionLost: the hub cannot be reached now.
        """
        address = f"{self.endpoint}/api/models/{repo}/revision/{revision}?blobs=true"
        with self._answer(address, repo) as response:
            response.read()
            try:
                yield _listing(repo, response.json())
            except (ValueError, KeyError, TypeError) as error:  # pydantic's is a ValueError
                raise DownloadError(
                    "The hub's answer cannot be understood.",
                    f"{repo} at {self.endpoint}",
                    f"If {ENDPOINT_VARIABLE} names a mirror, try without it.",
                ) from error

    def read(self, repo: str, commit: str, file: str, start: int) -> Generator[tuple[int, bytes]]:
        """Yield the content of a file from byte `start` on, as (offset, bytes).

        The first offset may be 0 all the same: some servers send files as a whole only.

        Raises:
            DownloadError: there is no such file, or it may not be had.
            ConnectionLost: the connection could not be made, or broke.
        """
        address = f"{self.endpoint}/{repo}/resolve/{commit}/{file}"
        headers = {"Range": f"bytes={start}-"} if start else {}
        with self._answer(address, repo, headers) as response:
            offset = _first_byte(response, start)
            for chunk in response.iter_raw():
                yield offset, chunk
                offset += len(chunk)

    @contextmanager
    def _answer(
        self, address: str, repo: str, headers: Mapping[str, str] | None = None
    ) -> Iterator[httpx.Response]:
        """Ask for an address; errors of the network, and refusals, become ours."""
        import httpx

        sent = {
            "User-Agent": f"matinee/{metadata.version('matinee')}",
            "Accept-Encoding": "identity",  # what arrives is what is checked
            **(headers or {}),
        }
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"  # httpx drops it on the way elsewhere
        try:
            with (
                httpx.Client(
                    headers=sent,
                    follow_redirects=True,
                    timeout=httpx.Timeout(SILENT_S, connect=CONNECT_S),
                ) as client,
                client.stream("GET", address) as response,
            ):
                if not response.is_success:
                    raise _refusal(self, repo, response)
                yield response
        except httpx.TransportError as error:
            raise ConnectionLost(_reason(error)) from error
        except (httpx.InvalidURL, httpx.HTTPError, ValueError, OSError, ImportError) as error:
            # The rest: an address, a proxy or a file of certificates that makes no sense, and
            # proxies of a kind (SOCKS) that httpx needs another package for.
            raise DownloadError(
                "The download cannot be made.",
                f"{self.endpoint}: {_reason(error)}",
                "Look at HTTPS_PROXY, HF_ENDPOINT and SSL_CERT_FILE in the environment.",
            ) from error


def _listing(repo: str, answer: Mapping[str, Any]) -> Listing:
    """The files whose names are safe to be made here, and which say their checksum."""
    files = []
    for item in answer["siblings"]:
        name, large = item["rfilename"], item.get("lfs")
        value = large["sha256"] if large else item.get("blobId")
        if not _SAFE_NAME.fullmatch(name) or not value:
            continue
        checksum = Checksum(kind="sha256" if large else "git", value=value)
        files.append(
            HubFile(name=name, size=large["size"] if large else item["size"], checksum=checksum)
        )
    return Listing(repo=repo, commit=answer["sha"], files=tuple(files))


def _first_byte(response: httpx.Response, wanted: int) -> int:
    """Where in the file the body of the response begins: where it was wanted, or at 0."""
    if response.status_code != HTTPStatus.PARTIAL_CONTENT:
        return 0
    match = _CONTENT_RANGE.match(response.headers.get("Content-Range", ""))
    if match is None or int(match[1]) != wanted:
        raise ConnectionLost("the server sends another part than it was asked for")
    return wanted


def _refusal(hub: Hub, repo: str, response: httpx.Response) -> Exception:
    """What a status that is no success means to the person."""
    status = response.status_code
    page = f"{hub.endpoint}/{repo}"
    gated = response.headers.get("X-Error-Code") == "GatedRepo"
    if status in _TRY_LATER:
        return ConnectionLost(f"the server is busy (HTTP {status})")
    if status == HTTPStatus.FORBIDDEN or gated:
        return DownloadError(
            "The licence of this model has to be accepted first.",
            f"{repo} (HTTP {status})",
            f"Accept it at {page}, make a token at {hub.endpoint}/settings/tokens, and try again"
            f" with {TOKEN_VARIABLE}=…",
        )
    if status == HTTPStatus.UNAUTHORIZED:
        how = "The token is not accepted." if hub.token else f"No {TOKEN_VARIABLE} is set."
        return DownloadError(
            "The hub lets nobody have this without a token.",
            f"{repo} (HTTP {status}). {how}",
            f"It may be gone, private, or have a licence to accept: look at {page}. Tokens are"
            f" made at {hub.endpoint}/settings/tokens and given as {TOKEN_VARIABLE}=…",
        )
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return DownloadError(
            "The hub does not have this any more.",
            f"{urlsplit(str(response.request.url)).path} (HTTP {status})",
            "Get what is there now with --newest, or choose another model: matinee models",
        )
    if status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        return ConnectionLost("the server has less of the file than is here")
    return DownloadError("The hub refuses the download.", f"{repo} (HTTP {status})", f"See {page}")


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
