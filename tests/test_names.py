import sys

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.errors import GraphError
from claimgraph.model import ClaimType, SectionKind
from claimgraph.names import (
    Part,
    claim_name,
    concept_name,
    decimal,
    graph_name,
    tagged,
    term_name,
    text_name,
    whole,
    words,
)
from tests.strategies import law


def test_every_character_is_written_as_pyoxigraph_writes_it():
    characters = [chr(c) for c in range(sys.maxunicode + 1) if not 0xD800 <= c <= 0xDFFF]
    for start in range(0, len(characters), 4096):
        text = "".join(characters[start : start + 4096])
        assert words(text) == str(ox.Literal(text))


def test_half_a_character_is_refused():
    with pytest.raises(GraphError, match="half a character"):
        words("a\ud800b")


@law()
@given(st.floats(0, 1))
def test_a_confidence_is_a_decimal_that_stands_for_the_same_number(number):
    written = next(iter(ox.parse(f"<a:s> <a:p> {decimal(number)} .", ox.RdfFormat.N_TRIPLES)))
    assert isinstance(written.object, ox.Literal)
    assert written.object.datatype.value == "http://www.w3.org/2001/XMLSchema#decimal"
    assert float(written.object.value) == number
    assert "e" not in written.object.value.lower()


def test_whole_numbers_and_language_tags_are_written_as_pyoxigraph_writes_them():
    integer = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    assert whole(-7) == str(ox.Literal("-7", datatype=integer))
    assert tagged('"', "de-AT") == str(ox.Literal('"', language="de-AT"))


@pytest.mark.parametrize("language", ["", "en us", 'en" .\n<a:b> <a:c> "'])
def test_a_language_tag_that_is_none_is_refused(language):
    with pytest.raises(GraphError, match="cannot publish"):
        tagged("words", language)


@pytest.mark.parametrize("name", [text_name, claim_name, concept_name])
@pytest.mark.parametrize("id_", ["a b", "a>b", "a\nb", "a<b", "%zz", "\ud800", "a\x7f"])
def test_a_name_that_makes_no_iri_is_refused(name, id_):
    with pytest.raises(GraphError, match="cannot publish"):
        name(id_)


def test_terms_of_two_lists_with_the_same_value_keep_apart():
    assert ClaimType.MECHANISM == SectionKind.MECHANISM
    assert term_name(ClaimType.MECHANISM) != term_name(SectionKind.MECHANISM)


def test_graphs_of_texts_need_a_text():
    with pytest.raises(ValueError, match="belong to a text"):
        graph_name(Part.CLAIMS)
