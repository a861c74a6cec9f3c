"""US drug labels: sections by code, the label's drug, lists and tables."""

from pathlib import Path

import pytest

from claimgraph.documents import read_documents
from claimgraph.errors import InputFileError
from claimgraph.model import Document

LABEL = """<?xml version="1.0" encoding="UTF-8"?>
<document xmlns="urn:hl7-org:v3"><title>KLONIX- klonazine<br/>tablet</title>
<effectiveTime value="20230201"/><setId root="AB-12"/><author><assignedEntity>
<representedOrganization><name>Acme Labs</name></representedOrganization></assignedEntity></author>
<component><structuredBody>
<component><section><code code="48780-1"/><subject><manufacturedProduct><manufacturedProduct>
<name>Klonix</name><asEntityWithGeneric><genericMedicine><name>klonazine</name></genericMedicine>
</asEntityWithGeneric></manufacturedProduct></manufacturedProduct></subject></section></component>
{sections}
</structuredBody></component></document>"""


def section(code: str, title: str, text: str, inner: str = "") -> str:
    heading = f"<title>{title}</title>" if title else ""
    nested = f"<component>{inner}</component>" if inner else ""
    words = f"<text>{text}</text>" if text else ""
    return f'<section><code code="{code}"/>{heading}{words}{nested}</section>'


def read(tmp_path: Path, *sections: str) -> Document:
    body = "".join(f"<component>{s}</component>" for s in sections)
    (tmp_path / "label.xml").write_text(LABEL.replace("{sections}", body), encoding="utf-8")
    (document,) = read_documents(tmp_path / "label.xml")
    return document


def test_the_label_says_what_it_is_about(tmp_path: Path) -> None:
    document = read(tmp_path, section("34067-9", "1 USES", "<paragraph>For falls.</paragraph>"))
    assert (document.id, document.drug) == ("spl-ab-12", "klonazine")
    citation = document.citation
    assert (citation.title, citation.publisher, citation.date) == (
        "KLONIX- klonazine tablet",
        "Acme Labs",
        "2023-02-01",
    )


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("34067-9", "indications"),
        ("34070-3", "contraindications"),
        ("34066-1", "boxed-warning"),
        ("34071-1", "warnings"),
        ("43685-7", "warnings"),
        ("42232-9", "warnings"),
        ("34084-4", "adverse-reactions"),
        ("34073-7", "interactions"),
        ("34068-7", "dosage"),
        ("43682-4", "pharmacokinetics"),
        ("43679-0", "mechanism"),
        ("34090-1", "mechanism"),
        ("43684-0", "populations"),
        ("34088-5", "overdosage"),
    ],
)
@pytest.mark.parametrize("title", ["Klonix", ""])
def test_a_section_goes_by_its_code(tmp_path: Path, code: str, kind: str, title: str) -> None:
    document = read(tmp_path, section(code, title, "<paragraph>Some words.</paragraph>"))
    assert document.sections[-1].kind.value == kind
    assert [s.text for s in document.sentences] == ["Some words."]


def test_an_inner_section_without_a_code_belongs_to_the_outer_one(tmp_path: Path) -> None:
    inner = section("42229-5", "5.1 Liver Injury", "<paragraph>It was seen.</paragraph>")
    coded = section("34081-0", "Use in Children", "<paragraph>Not studied.</paragraph>")
    document = read(
        tmp_path, section("43685-7", "5 WARNINGS", "", inner), section("42232-9", "", "", coded)
    )
    assert [(s.kind.value, s.heading) for s in document.sections] == [
        ("title", None),
        ("warnings", "5.1 Liver Injury"),
        ("populations", "Use in Children"),
    ]
    assert [s.text for s in document.sentences] == ["Liver Injury", "It was seen.", "Not studied."]


def test_lists_and_tables_are_cut_and_no_words_are_glued(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        section(
            "34084-4",
            "6 ADVERSE REACTIONS",
            "Seen were:<list><item><caption>o</caption>falls</item><item>rash<footnote>mild"
            "</footnote></item></list>and more<sup>1</sup> in<content> H<sub>2</sub>O</content>.<table>"
            "<caption>Table 1. Rates</caption><thead><tr><th/><th>Drug (n=10<sup>2</sup>)</th>"
            "<th>Placebo</th></tr></thead><tbody><tr><td>Ataxia</td><td>5</td><td>0</td></tr>"
            "<tr><td><paragraph>Across all.</paragraph><list><item>tired</item></list></td></tr>"
            "</tbody></table><renderMultiMedia><caption>picture</caption></renderMultiMedia>",
        ),
    )
    assert [s.text for s in document.sentences] == [
        "Seen were:",
        "falls",
        "rash mild",
        "and more^1 in H2O.",
        "Table 1. Rates",
        "Drug (n=10^2) | Placebo",
        "Ataxia | 5 | 0",
        "Across all.",
        "tired",
    ]


def test_highlights_are_not_read_twice(tmp_path: Path) -> None:
    twice = section("34067-9", "1 USES", "<paragraph>For falls.</paragraph>").replace(
        "<text>", "<excerpt><highlight><text>For falls (1)</text></highlight></excerpt><text>"
    )
    assert [s.text for s in read(tmp_path, twice).sentences] == ["For falls."]


def test_a_label_without_words_is_refused_or_told(tmp_path: Path) -> None:
    path = tmp_path / "label.xml"
    path.write_text(LABEL.replace("{sections}", ""))
    with pytest.raises(InputFileError, match="label without words"):
        list(read_documents(path))
    errors: list[InputFileError] = []
    assert list(read_documents(path, on_error=errors.append)) == []
    assert len(errors) == 1
