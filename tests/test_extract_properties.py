"""Properties, risks and announced effects of a drug, in sentences made for each construct."""

from __future__ import annotations

import re

import pytest

from claimgraph.extract.properties import find_listed_effects, find_properties, find_risks
from claimgraph.extract.view import Found, SentenceView
from claimgraph.model import Category, Certainty, Concept, SectionKind, Span

_NAMES = re.compile(r"(?P<drug>zorvan)|rash|fever|dependence|adverse effects", re.IGNORECASE)
_ZORVAN = Concept("zorvan", "zorvan", Category.DRUG)


def see(text: str, section: SectionKind = SectionKind.OTHER) -> SentenceView:
    """Make a view of a text in which the names above are mentions."""
    mentions = []
    for match in _NAMES.finditer(text):
        words = match.group()
        condition = Concept(words.lower().replace(" ", "-"), words, Category.CONDITION)
        concept = _ZORVAN if match["drug"] else condition
        mentions.append(Found(Span(*match.span()), words, concept))
    return SentenceView(text, tuple(mentions), section, drug=_ZORVAN)


def announced(view: SentenceView) -> list[str]:
    """Give the effects that a view announces."""
    return [one.object.text for one in find_listed_effects(view)]


def test_an_announced_list_is_read_to_its_end() -> None:
    text = "Common adverse effects include rash and fever. Dependence is rare."
    assert announced(see(text)) == ["rash", "fever"]


def test_a_list_of_reactions_in_a_label_is_left_to_its_own_rules() -> None:
    text = "Common adverse effects include rash and fever."
    assert announced(see(text, SectionKind.ADVERSE_REACTIONS)) == []


def test_announcing_again_within_a_list_announces_nothing_twice() -> None:
    view = see("adverse effects include rash, " * 200)
    assert len(announced(view)) <= len(view.mentions)


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("Prolonged use of zorvan may lead to dependence.", "may"),
        ("Prolonged use of zorvan can lead to dependence.", "can"),
        ("Prolonged use of zorvan possibly results in dependence.", "possibly"),
    ],
)
def test_an_exposure_is_hedged_with_its_cue(text: str, hedge: str) -> None:
    (one,) = find_risks(see(text))
    assert one.subject is not None
    assert (one.subject.text, one.object.text) == ("Prolonged use of zorvan", "dependence")
    assert one.certainty is Certainty.POSSIBLE
    assert one.cue is not None
    assert one.cue.cut(text) == hedge


def test_an_exposure_that_leads_to_something_is_asserted() -> None:
    (one,) = find_risks(see("Abrupt withdrawal of zorvan causes fever."))
    assert (one.certainty, one.cue) == (Certainty.ASSERTED, None)


def test_effects_limit_what_the_sentence_says_they_limit() -> None:
    text = "Zorvan causes rash and fever, which may limit its tolerability."
    found = {(one.subject.text, one.object.text) for one in find_risks(see(text)) if one.subject}
    assert found == {("rash", "tolerability"), ("fever", "tolerability")}


def test_what_follows_from_a_property_stands_right_behind_it() -> None:
    text = "Zorvan has a rapid onset of action. Its long half-life allows once-daily dosing."
    found = [
        (one.subject and one.subject.text, one.object.text) for one in find_properties(see(text))
    ]
    assert found == [
        ("Zorvan", "rapid onset of action"),
        ("Zorvan", "long half-life"),
        ("long half-life", "once-daily dosing"),
    ]
