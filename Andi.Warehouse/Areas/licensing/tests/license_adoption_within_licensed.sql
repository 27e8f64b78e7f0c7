-- No more teachers use a product than are licensed for it.
-- test: sql marts.license_adoption
SELECT * FROM marts.license_adoption WHERE active_teachers > licensed_teachers OR active_teachers < 0
