-- How well does a thing match a text that somebody looks for? Neither case nor accents matter: texts are compared folded.

-- A text without case and accents. Most texts are ASCII, for which that takes a twentieth of the time.
CREATE OR REPLACE FUNCTION andi_folded AS (text) ->
    if(isValidASCII(text), lower(text), caseFoldUTF8(removeDiacriticsUTF8(text)));

-- Does it match at all: does the name have the text, or does the id begin with it? The name and the text are folded. An accent alone folds to nothing, which
-- matches nothing.
CREATE OR REPLACE FUNCTION andi_matches AS (id, name, text) ->
    text != '' AND (position(name, text) > 0 OR startsWith(andi_folded(id), text));

-- How well does it match, of what matches at all? 1: the id is the text. 2: the name is. 3: the name begins so. 4: the id does. 5: a word of the name does.
-- 6: the name has it somewhere.
CREATE OR REPLACE FUNCTION andi_match_rank AS (id, name, text) ->
    multiIf(
        andi_folded(id) = text, 1,
        name = text, 2,
        startsWith(name, text), 3,
        startsWith(andi_folded(id), text), 4,
        position(concat(' ', translate(name, '-\'./(),_', '        ')), concat(' ', translate(text, '-\'./(),_', '        '))) > 0, 5,
        6);
