-- Ends an operator's pause; leaves the holds of checks and migrations alone.
DELETE FROM holds WHERE name = 'pause'
