-- The layers that people explore: models (staging and intermediate views) and marts (tables that ClickHouse refreshes by itself, in the order of their dependencies).
CREATE DATABASE IF NOT EXISTS models;
CREATE DATABASE IF NOT EXISTS marts;
