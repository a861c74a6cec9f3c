-- How many claims of each relation are there, and how many of them are plain, denied or hedged?
SELECT
  relation,
  count(*) AS claims,
  count(DISTINCT text) AS texts,
  count(*) FILTER (plain) AS plain,
  count(*) FILTER (polarity = 'negated') AS denied,
  count(*) FILTER (certainty <> 'asserted') AS hedged,
  count(*) FILTER (modality = 'normative') AS normative
FROM claims AS c
GROUP BY relation
ORDER BY claims DESC, relation
