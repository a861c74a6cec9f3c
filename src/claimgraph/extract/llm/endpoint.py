"""An endpoint that speaks the OpenAI protocol: one question, one answer, kept on disk.

The protocol is that of ``POST {url}/chat/completions`` with ``response_format`` of type
``json_schema``; llama.cpp, vLLM and Ollama speak it too, so the endpoint may be on this machine.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimgraph.errors import ClaimgraphError, EndpointError, Place
from claimgraph.files import read_bytes, write_bytes

if TYPE_CHECKING:
    import openai

KEY_VARIABLE = "CLAIMGRAPH_LLM_KEY"
"""The environment variable that holds the endpoint's key.

Not OPENAI_API_KEY: a key must not go to a place that it was not made for.
"""

_HEADERS = frozenset(
    {
        "accept",
        "accept-encoding",
        "connection",
        "content-length",
        "content-type",
        "host",
        "transfer-encoding",
        "user-agent",
    }
)
"""All that is sent along with a question, besides our key."""

Message = Mapping[str, str]
"""One turn of a conversation: ``role`` and ``content``."""


@dataclass(slots=True)
class Usage:
    """What the questions so far took. Tokens are as the endpoint counts them, kept answers free."""

    requests: int = 0
    kept: int = 0
    input_tokens: int = 0
    output_tokens: int = 0

    def cost(self, input_price: float, output_price: float) -> float:
        """Give the cost, in the unit of the prices.

        Args:
            input_price: price of a million tokens sent.
            output_price: price of a million tokens received.

        >>> Usage(input_tokens=2_000_000, output_tokens=500_000).cost(1.0, 4.0)
        4.0
        """
        return (self.input_tokens * input_price + self.output_tokens * output_price) / 1e6


class Endpoint:
    """A model behind a URL.

    Args:
        url: where the protocol's paths begin, such as ``http://127.0.0.1:8080/v1``.
        model: the model's name there.
        cache: folder where answers are kept, so that the same question is asked once; ``None``
            keeps none. What was paid for survives an interruption there.
        temperature: how freely the model chooses its words; 0 is the steadiest. ``None`` leaves it
            to the endpoint, for models that take no such wish.
        timeout: longest wait for one answer, in seconds.
        attempts: how often a question is sent again when the endpoint is busy or out of order.

    Raises:
        EndpointError: if the URL is none or the client library is not installed.
    """

    def __init__(
        self,
        url: str,
        model: str,
        *,
        cache: Path | None = None,
        temperature: float | None = 0.0,
        timeout: float = 120.0,
        attempts: int = 2,
    ) -> None:
        self.url = url.rstrip("/")
        self.model = model
        self.usage = Usage()
        self._cache = cache
        self._temperature = temperature
        self._client = _connect(self.url, timeout, attempts)

    def ask(self, messages: Sequence[Message], schema: Mapping[str, Any]) -> str:
        """Give the model's answer to a conversation.

        Args:
            messages: the conversation, oldest turn first.
            schema: the JSON Schema that the answer has to follow.

        Returns:
            The answer's text: JSON, if the endpoint honours the schema.

        Raises:
            EndpointError: if no answer came.
        """
        question = {
            "url": self.url,
            "model": self.model,
            "temperature": self._temperature,
            "messages": [dict(message) for message in messages],
            "schema": schema,
        }
        kept = self._recall(question)
        if kept is not None:
            self.usage.kept += 1
            return kept
        answer = self._send(messages, schema)
        self._keep(question, answer)
        return answer

    def _send(self, messages: Sequence[Message], schema: Mapping[str, Any]) -> str:
        """Ask the endpoint itself."""
        import openai

        place = Place(self.url)
        request: dict[str, Any] = {
            "model": self.model,
            "messages": [dict(message) for message in messages],
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "claims", "strict": True, "schema": dict(schema)},
            },
        }
        if self._temperature is not None:
            request["temperature"] = self._temperature
        try:
            completion = self._client.chat.completions.create(**request)
        except openai.APITimeoutError:
            raise EndpointError(
                "gave no answer in time", where=place, repair="allow more time, or ask for less"
            ) from None
        except openai.APIConnectionError as error:
            raise EndpointError(
                f"cannot be reached: {error.__cause__ or error}",
                where=place,
                repair="start the server, or check the URL",
            ) from None
        except (openai.AuthenticationError, openai.PermissionDeniedError) as error:
            raise EndpointError(
                f"refuses the key: status {error.status_code}",
                where=place,
                repair=f"put the endpoint's key into the environment as {KEY_VARIABLE}",
            ) from None
        except openai.APIStatusError as error:
            raise EndpointError(
                f"answers with status {error.status_code}: {_shorten(error.message)}",
                where=place,
                repair="check the model's name and whether the endpoint knows json_schema",
            ) from None
        except (openai.OpenAIError, ValueError) as error:
            raise self._foreign(_shorten(str(error))) from None
        self.usage.requests += 1
        # The types are a promise of the protocol; a server may send anything that parses.
        try:
            content = completion.choices[0].message.content or ""
            usage = completion.usage
            tokens = (0, 0) if usage is None else (usage.prompt_tokens, usage.completion_tokens)
        except (AttributeError, IndexError, KeyError, TypeError):
            raise self._foreign("its answer holds no choice") from None
        self.usage.input_tokens += tokens[0] or 0
        self.usage.output_tokens += tokens[1] or 0
        return str(content)

    def _foreign(self, what: str) -> EndpointError:
        """Make the error for a server that speaks something else."""
        return EndpointError(
            f"does not speak the protocol: {what}",
            where=Place(self.url),
            repair="name the URL that chat/completions stands under",
        )

    def _path(self, question: Mapping[str, Any]) -> Path | None:
        """Say where the answer to a question is kept."""
        if self._cache is None:
            return None
        text = json.dumps(question, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return self._cache / f"{hashlib.sha256(text.encode('ascii')).hexdigest()}.json"

    def _recall(self, question: Mapping[str, Any]) -> str | None:
        """Give a kept answer; nothing if there is none or the file is spoilt."""
        path = self._path(question)
        if path is None or not path.is_file():
            return None
        try:
            kept = json.loads(read_bytes(path))
        except (ClaimgraphError, ValueError):
            return None
        answer = kept.get("answer") if isinstance(kept, dict) else None
        return answer if isinstance(answer, str) else None

    def _keep(self, question: Mapping[str, Any], answer: str) -> None:
        """Keep an answer."""
        path = self._path(question)
        if path is not None:
            record = json.dumps({"model": self.model, "answer": answer}, ensure_ascii=True)
            write_bytes(path, f"{record}\n".encode("ascii"))


def _connect(url: str, timeout: float, attempts: int) -> openai.OpenAI:
    """Make a client that sends nothing it was not told to, to no place but `url`."""
    if not url.startswith(("http://", "https://")):
        raise EndpointError(
            f"{url!r} is no URL",
            repair="name an endpoint such as http://127.0.0.1:8080/v1",
        )
    try:
        import openai
    except ImportError:
        raise EndpointError(
            "the client library is not installed",
            repair="pip install 'claimgraph[llm]'",
        ) from None
    key = os.environ.get(KEY_VARIABLE)

    def send_no_more(request: Any) -> None:
        """Drop what the library adds by itself: telemetry, and headers from its own variables."""
        for name in [name for name in request.headers if name.lower() not in _HEADERS]:
            del request.headers[name]
        if key:
            request.headers["authorization"] = f"Bearer {key}"

    return openai.OpenAI(
        base_url=url,
        api_key=key or "none",
        timeout=timeout,
        max_retries=attempts,
        http_client=openai.DefaultHttpxClient(
            follow_redirects=False,  # it would carry the text to a place that nobody named
            event_hooks={"request": [send_no_more]},
        ),
    )


def _shorten(text: str) -> str:
    """Put what a server says on one short line."""
    line = " ".join(text.split())
    return line if len(line) <= 200 else f"{line[:199]}…"
