-- The layers of the warehouse: what came (staging), what is (facts, dims), what it sums up to (agg), and what the operator asks about (ops).
CREATE DATABASE IF NOT EXISTS ops;
CREATE DATABASE IF NOT EXISTS staging;
CREATE DATABASE IF NOT EXISTS facts;
CREATE DATABASE IF NOT EXISTS dims;
CREATE DATABASE IF NOT EXISTS agg;
