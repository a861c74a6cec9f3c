"""Names that a lexicon of drugs lists and that are seldom meant as a medicine.

Such lexicons hold every chemical that was ever given, and the organisms that vaccines and allergen
extracts are made of. "Hypertension with raised catecholamines" and "abscess due to Candida
albicans" blame no drug.
"""

from __future__ import annotations

from claimgraph.extract.shapes import word_set

# Genera of germs; a species is named by two words, of which this is the first.
_GERMS = word_set(
    """
    acinetobacter actinomyces adenovirus aspergillus bacillus bacteroides bartonella bordetella
    borrelia brucella burkholderia campylobacter candida chlamydia citrobacter clostridioides
    clostridium coccidioides corynebacterium coxiella cryptococcus cryptosporidium cytomegalovirus
    enterobacter enterococcus enterovirus escherichia fusarium fusobacterium giardia haemophilus
    helicobacter hepatovirus herpesvirus histoplasma influenzavirus klebsiella lactobacillus
    legionella leishmania leptospira listeria malassezia moraxella mucor mycobacterium mycoplasma
    neisseria nocardia papillomavirus parvovirus pasteurella penicillium peptostreptococcus
    plasmodium pneumococcus pneumocystis propionibacterium proteus pseudomonas rhizopus rickettsia
    rotavirus salmonella serratia shigella staphylococcus stenotrophomonas streptococcus
    strongyloides toxoplasma treponema trichomonas trichophyton trypanosoma ureaplasma vibrio
    yersinia
    """
)
# What the body is made of or makes, what laboratories measure, and what devices are made of.
_NO_MEDICINES = frozenset(
    (
        *word_set(
            """
            acetaldehyde acetylcholine acetylcholinesterase adrenochrome alanine ammonia
            ammonium angiotensin arachidonate aspartate bilirubin bradykinin  catecholamine
            catecholamines chloride cholesterol collagen copper creatine creatinine cytokine
            cytokines endorphin endotoxin ferritin formaldehyde fibrin fibrinogen gaba glutamate
            glycogen haem heme haemoglobin hemoglobin histamine homocysteine hydrogen
            hydroxyl indole ketone ketones lactate lead leptin leukotriene lignin lipid lipids
            lipopolysaccharide lipoprotein lipoproteins melanin mercury myoglobin nickel nitrogen
            nucleoside nucleosides nucleotide nucleotides peptide peptides phospholipid
            phospholipids polypeptide polysaccharide porphyrin prolactin prostaglandin
            prostaglandins protein proteins purine purines pyrimidine pyrimidines pyruvate renin
            retinal serotonin silicone sulfate sulphate superoxide thromboplastin titanium
            triglyceride triglycerides troponin tyramine urate urea vanadium water
            """
        ),
        *("amino acid", "amino acids", "carbon dioxide", "carbon monoxide", "fatty acid"),
        *("fatty acids", "gamma-aminobutyric acid", "lactic acid", "nucleic acid", "uric acid"),
        *("free fatty acids", "arachidonic acid", "reactive oxygen species", "stainless steel"),
    )
)


def is_medicine(name: str) -> bool:
    """Tell whether a name from a lexicon of drugs may be meant as a medicine.

    >>> is_medicine("clonazepam"), is_medicine("Candida albicans"), is_medicine("uric acid")
    (True, False, False)
    """
    small = name.lower()
    return small not in _NO_MEDICINES and small.partition(" ")[0] not in _GERMS
