"""Plain text: its headings, lists, tables and sentences, and where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.documents import read_article
from claimgraph.documents.headings import heading_level, kind_of
from claimgraph.documents.plain import cut_text, split_sentences
from claimgraph.model import Citation, Document, SectionKind, Span
from claimgraph.resources import bundled_article

LABEL = """\
KLONIX TABLETS

1 INDICATIONS AND USAGE

1.1 Seizure Disorders

Klonix helps in absence seizures. It may be used alone.

Limitations of use: not for infants.

4 CONTRAINDICATIONS

Klonix must not be given to patients with:

 * acute narrow-angle glaucoma
 *  ?  severe liver disease [see Warnings (5.2)]

5 WARNINGS AND PRECAUTIONS
5.2 Liver Injury
Liver injury occurred in 2 of 40 patients who took the
drug for more than a year. Stop the drug. (5.2)

ADVERSE REACTIONS:

Effect          Klonix      Placebo
Drowsiness      37          12
Ataxia          18          2
"""


def cut(text: str) -> Document:
    return cut_text(text, id="test", citation=Citation("Test"))


def said(document: Document, kind: SectionKind) -> list[str]:
    numbers = {s.number for s in document.sections if s.kind is kind}
    return [s.text for s in document.sentences if s.section in numbers]


def test_a_label_is_cut_at_its_numbered_and_capital_headings() -> None:
    document = cut(LABEL)
    assert [(s.kind.value, s.heading) for s in document.sections] == [
        ("title", None),
        ("indications", "1.1 Seizure Disorders"),
        ("contraindications", "4 CONTRAINDICATIONS"),
        ("warnings", "5.2 Liver Injury"),
        ("adverse-reactions", "ADVERSE REACTIONS"),
    ]


def test_an_inner_heading_of_a_label_says_something_itself() -> None:
    document = cut(LABEL)
    assert said(document, SectionKind.INDICATIONS) == [
        "Seizure Disorders",
        "Klonix helps in absence seizures.",
        "It may be used alone.",
        "Limitations of use: not for infants.",
    ]


def test_bullets_and_table_rows_are_sentences_of_their_own() -> None:
    document = cut(LABEL)
    assert said(document, SectionKind.CONTRAINDICATIONS) == [
        "Klonix must not be given to patients with:",
        "acute narrow-angle glaucoma",
        "severe liver disease [see Warnings (5.2)]",
    ]
    assert said(document, SectionKind.ADVERSE_REACTIONS)[1] == "Drowsiness      37          12"


def test_a_wrapped_line_goes_on_and_a_reference_stays_with_its_sentence() -> None:
    assert said(cut(LABEL), SectionKind.WARNINGS) == [
        "Liver Injury",
        "Liver injury occurred in 2 of 40 patients who took the\ndrug for more than a year.",
        "Stop the drug. (5.2)",
    ]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("5 WARNINGS AND PRECAUTIONS", SectionKind.WARNINGS),
        ("Contraindications", SectionKind.CONTRAINDICATIONS),
        ("Indications and Usage:", SectionKind.INDICATIONS),
        ("Common side effects", SectionKind.ADVERSE_REACTIONS),
        ("12.3 Pharmacokinetics", SectionKind.PHARMACOKINETICS),
        ("Mechanism of Action", SectionKind.MECHANISM),
        ("Patients and Methods", SectionKind.METHODS),
        ("Safety Profile", SectionKind.SAFETY),
        ("References", SectionKind.BOILERPLATE),
        ("Storage", None),
    ],
)
def test_a_heading_tells_what_its_section_is_about(heading: str, kind: SectionKind | None) -> None:
    assert kind_of(heading) is kind


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("WARNINGS", 1),
        ("5.1.2 Falls", 3),
        ("Side Effects of Klonix", 4),
        ("How does Klonix work?", 4),
        ("5 mg tablets are white", None),
        ("Warnings were given to nobody", None),
        ("NAUSEA    12    3", None),
        ("The dose is 5 mg.", None),
    ],
)
def test_a_line_is_a_heading_only_if_it_looks_like_one(line: str, level: int | None) -> None:
    assert heading_level(line) == level


def test_a_list_is_not_lost_under_a_line_that_introduces_it() -> None:
    document = cut(
        "Klonix is indicated for the treatment of:\n\nabsence seizures\n\npanic disorder"
    )
    assert [s.text for s in document.sentences] == [
        "Klonix is indicated for the treatment of:",
        "absence seizures",
        "panic disorder",
    ]


def test_bullets_inside_a_line_part_items_but_the_point_of_a_unit_does_not() -> None:
    document = cut("For the relief of:    • backache    • colds\n\nThe AUC was 5 ng • h/mL in all.")
    assert [s.text for s in document.sentences] == [
        "For the relief of:",
        "backache",
        "colds",
        "The AUC was 5 ng • h/mL in all.",
    ]


def test_wide_gaps_alone_make_no_table() -> None:
    document = cut(
        "Title\n\nTests of Klonix    (r)    were done in ten men who were well. Two    fell.\n"
    )
    assert [s.text for s in document.sentences] == [
        "Tests of Klonix    (r)    were done in ten men who were well.",
        "Two    fell.",
    ]


def test_a_text_of_one_line_is_a_sentence_whatever_it_looks_like() -> None:
    for text in ("WARNINGS", "Related Posts are fun", "Indications and Usage:"):
        assert [s.text for s in cut(text).sentences] == [text]


def test_an_advertisement_in_the_middle_does_not_swallow_what_follows() -> None:
    document = cut("Klonix helps.\n\nAdvertisement\n\nIt may cause falls.")
    assert [s.text for s in document.sentences] == ["Klonix helps.", "It may cause falls."]


def test_line_ends_of_all_systems_part_blocks() -> None:
    for end in ("\n", "\r\n", "\r"):
        document = cut(f"WARNINGS{end}{end}Falls occur.{end}{end}Take care.{end}")
        assert [s.text for s in document.sentences] == ["Falls occur.", "Take care."]
        assert document.sections[0].kind is SectionKind.WARNINGS


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "Reduce the dose [see Warnings (5.1)]. Take 5 mg. Rest.",
            ["Reduce the dose [see Warnings (5.1)].", "Take 5 mg.", "Rest."],
        ),
        ("Give approx. 5 mg i.v. to adults.", ["Give approx. 5 mg i.v. to adults."]),
        ("Caused by Candida spp. and others.", ["Caused by Candida spp. and others."]),
        ("It fell vs. placebo, e.g., at night.", ["It fell vs. placebo, e.g., at night."]),
        ("Falls occur. (5.1) Take care.", ["Falls occur. (5.1)", "Take care."]),
        (
            "It helps in falls. (1) Limits: It is new. It is dear. [See Dosage (2.2) ] . Rest.",
            [
                "It helps in falls. (1)",
                "Limits: It is new.",
                "It is dear. [See Dosage (2.2) ] .",
                "Rest.",
            ],
        ),
        (
            "Falls were rare (<1 %). Rash was seen. It fell in >5 % of all.",
            ["Falls were rare (<1 %).", "Rash was seen.", "It fell in >5 % of all."],
        ),
        (
            "An odd [mark hides. Nothing (here. Now) at all.",
            ["An odd [mark hides. Nothing (here. Now) at all."],
        ),
        ("Table 2. Rates of falls.", ["Table 2. Rates of falls."]),
        ("See Fig. 2. It fell.", ["See Fig. 2.", "It fell."]),
        ("1. Bladder cancer. 2. Breast cancer.", ["1. Bladder cancer.", "2. Breast cancer."]),
        ("Nausea 2 (10) and falls 1 (5) occurred.", ["Nausea 2 (10) and falls 1 (5) occurred."]),
    ],
)
def test_sentences_of_drug_texts(text: str, sentences: list[str]) -> None:
    assert [p.text for p in split_sentences(text, Span(0, len(text)))] == sentences


def test_a_very_long_paragraph_is_cut_between_sentences() -> None:
    text = "The dose was raised slowly. " * 2000
    passages = split_sentences(text, Span(0, len(text)))
    assert {p.text for p in passages} == {"The dose was raised slowly."}
    assert len(passages) == 2000


WORDS = st.text(
    st.sampled_from("aB1 .:;•*-\n\r\t()[]?5µ\ufeff\u202e😀é") | st.characters(codec="utf-8"),
    max_size=300,
)


@given(WORDS)
def test_every_span_holds_its_words_in_order(text: str) -> None:
    document = cut(text)
    end = 0
    for sentence in document.sentences:
        assert text[sentence.span.start : sentence.span.end] == sentence.text
        assert sentence.text == sentence.text.strip()
        assert sentence.span.start >= end
        end = sentence.span.end
        assert document.sections[sentence.section - 1].span.covers(sentence.span)
    starts = [s.span.start for s in document.sections]
    assert starts == sorted(starts)


@given(WORDS)
def test_no_word_is_lost_between_sentences_and_headings(text: str) -> None:
    document = cut(text)
    marks = set(text)
    for section in document.sections:
        marks -= set(section.span.cut(text))
    # What is in no section is white space, bullets, or the byte order mark.
    assert not any(c.isalnum() for c in marks)


def test_the_article_is_cut_as_its_reviewed_claims_expect() -> None:
    document = read_article(bundled_article())
    assert len(document.sentences) == 22
    assert [(s.kind.value, s.heading) for s in document.sections] == [
        ("title", None),
        ("introduction", None),
        ("mechanism", "Mechanism of Action"),
        ("efficacy", "Clinical Efficacy"),
        ("safety", "Safety Profile"),
        ("considerations", "Clinical Considerations"),
        ("outlook", "Future Directions"),
        ("conclusion", None),
        ("boilerplate", None),
    ]
