-- From which month on do the warehouse's rows count? No row: the ingestor has not noted it yet.
SELECT oldest_month FROM retention
