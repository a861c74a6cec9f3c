"""Strings that try to run, to break out, to fool a reader, or just to be too much."""

import hashlib

from rdflib import DCTERMS, SKOS, Literal, URIRef

from claimgraph.graph import CONCEPT, Part, graph_iri
from claimgraph.model import (
    Category,
    Certainty,
    Citation,
    Claim,
    ClaimType,
    Concept,
    Document,
    Mention,
    Modality,
    Passage,
    Polarity,
    Qualifier,
    QualifierType,
    Relation,
    Section,
    SectionKind,
    Sentence,
    Span,
)
from claimgraph.ontology import SSSOM
from claimgraph.pipeline import assemble

HOSTILE = (
    # markup that runs
    "<script>window.__pwned=1</script>",
    "</script><script>window.__pwned=2</script>",
    "</SCRIPT\t><ScRiPt>window.__pwned=2</sCrIpT>",
    '"><img src=x onerror="window.__pwned=3">',
    "' autofocus onfocus=window.__pwned=3 x='",
    "<svg onload=window.__pwned=4>",
    "<svg><script>window.__pwned=4</script></svg>",
    "<math><mtext><style><img src=x onerror=window.__pwned=4></style></mtext></math>",
    "<a href='javascript:window.__pwned=5'>href</a>",
    "<iframe srcdoc='<script>parent.__pwned=8</script>'></iframe>",
    "<details open ontoggle=window.__pwned=8>",
    "<base href='https://example.org/'><meta http-equiv=refresh content='0;url=//example.org'>",
    "</textarea></template></title></noscript><script>window.__pwned=8</script>",
    # what other readers than HTML's run
    "javascript:window.__pwned=6",
    "data:text/html,<script>window.__pwned=6</script>",
    "vbscript:msgbox(1)",
    "{{ 7*7 }}{% raw %}${window.__pwned=7}#{7*7}<%= 7*7 %>",
    "`${window.__pwned=7}`",
    "'; alert(1); //",
    "\\u003cscript\\u003ewindow.__pwned=7\\u003c/script\\u003e",
    "&lt;script&gt;window.__pwned=7&lt;/script&gt;&#60;img src=x&#62;",
    "}*{display:none}body{background:url(https://example.org/x)}",
    "expression(window.__pwned=7);@import 'https://example.org/x.css';",
    "?x } ; DROP ALL ; INSERT DATA { <urn:a> <urn:b> <urn:c> } #",
    "=HYPERLINK(A1)",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    # what ends something early
    "<!--<script>",
    "]]>--><style>*{display:none}</style>",
    "<![CDATA[<script>window.__pwned=8</script>]]>",
    "line\u2028separator\u2029paragraph\x85next",
    "null\x00bell\x07escape\x1b[31m",
    "quote\"backslash\\newline\\n'apostrophe",
    # what fools or floods a reader
    "\u202egnitirw fo noitcerid eht\u202c",
    "\u2067\u2066 isolated \u202d overridden",
    "عربي and עברית in one",
    "zero\u200bwidth\u200djoined\ufeffmark",
    "Z\u0335\u0321\u0317a\u0336\u0328l\u0337g\u0338o" * 20,
    "🧠 astral 👩🏽‍⚕️ 🏳️‍🌈 é́",
    "long" * 2_500,
    "W" * 300,
    "many words " * 100,
    "\u3000ideographic space and tab\t",
    # names that mean something to a program
    "__proto__",
    "constructor",
    "prototype.toString",
    "hasOwnProperty",
    "null",
    "undefined",
    "NaN",
    "-0",
    "true",
    "[object Object]",
)


def hostile_build():
    """A text, concepts, qualifiers and identifiers that all try to run or to break the page."""
    text, spans = "", []
    for number, string in enumerate(HOSTILE):
        line = f"Drug {number} causes {string} today."
        spans.append(Span(len(text), len(text) + len(line)))
        text += f"{line}\n\n"
    citation = Citation(
        title="Title </title><script>window.__pwned=9</script>",
        url="javascript:window.__pwned=10",
        author='"><img src=x onerror=window.__pwned=11>',
    )
    document = Document(
        id="hostile",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        citation=citation,
        sections=(Section(1, SectionKind.SAFETY, "<u>Heading</u>", Span(0, len(text))),),
        sentences=tuple(
            Sentence(number, 1, Passage(span, span.cut(text)))
            for number, span in enumerate(spans, start=1)
        ),
    )
    drug = Concept("drug", "<b onmouseover=window.__pwned=12>drug</b>", Category.DRUG)
    claims = []
    for number, string in enumerate(HOSTILE):
        at = spans[number].start + len(f"Drug {number} causes ")
        condition = Concept(f"c{number}", string, Category.CONDITION)
        words = document.passage(at, at + len(string))
        claims.append(
            Claim(
                text_id="hostile",
                sentence=number + 1,
                quote=words,
                subject=Mention(None, drug),
                relation=Relation.HAS_ADVERSE_EFFECT,
                object=Mention(words, condition),
                type=ClaimType.ADVERSE_EFFECT,
                qualifiers=(Qualifier(QualifierType.CONDITION, words),),
                polarity=Polarity.NEGATED if number % 4 == 1 else Polarity.AFFIRMED,
                certainty=Certainty.POSSIBLE if number % 4 == 2 else Certainty.ASSERTED,
                modality=Modality.NORMATIVE if number % 4 == 3 else Modality.FACTUAL,
                cue=words if number % 4 in (2, 3) else None,
                key=string,
            )
        )
        claims.append(
            Claim(
                text_id="hostile",
                sentence=number + 1,
                quote=words,
                subject=Mention(None, drug),
                relation=Relation.STATES_THAT,
                object=Mention(words, None),
                type=ClaimType.EVALUATIVE,
            )
        )
    built = assemble(document, claims)
    names = built.dataset.graph(graph_iri(Part.CONCEPTS))
    for number, string in enumerate(HOSTILE):
        node, mapping = CONCEPT[f"c{number}"], URIRef(f"https://example.org/m{number}")
        names.add((node, SKOS.definition, Literal(string)))
        names.add((node, SKOS.altLabel, Literal(string)))
        names.add((mapping, SSSOM.subject_id, node))
        names.add((mapping, SSSOM.predicate_id, SKOS.exactMatch))
        names.add((mapping, SSSOM.object_id, Literal("javascript:window.__pwned=13")))
        names.add((mapping, SSSOM.object_label, Literal(string)))
        names.add((mapping, SKOS.notation, Literal(string)))
        names.add((mapping, DCTERMS.source, Literal(string)))
    return built
