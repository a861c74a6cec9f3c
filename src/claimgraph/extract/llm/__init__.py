"""Extraction by a language model behind an endpoint that the user names.

Off unless it is asked for: no text leaves the machine before somebody names an endpoint. What the
model answers is not trusted. A claim counts only if its quote and both of its arguments stand in
the sentence word for word and it passes the gate; what does not is told to the model, which may
try again, and counted.
"""

from claimgraph.extract.llm.endpoint import KEY_VARIABLE, Endpoint, Usage
from claimgraph.extract.llm.extractor import LanguageModelExtractor, Refusal

__all__ = ["KEY_VARIABLE", "Endpoint", "LanguageModelExtractor", "Refusal", "Usage"]
