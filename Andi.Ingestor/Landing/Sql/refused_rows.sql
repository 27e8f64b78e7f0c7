-- A copy of the rows of an insert that was refused, without the constraints, for as long as it takes to ask which of them are to blame.
CREATE TABLE {{copy}} ({{columns}}) ENGINE = Memory
