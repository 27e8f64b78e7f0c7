-- Of which events do rows violate the constraint? An answer of NULL violates it, too.
SELECT DISTINCT _offset AS offset FROM {{copy}} WHERE NOT ifNull({{condition}}, 0) ORDER BY offset
