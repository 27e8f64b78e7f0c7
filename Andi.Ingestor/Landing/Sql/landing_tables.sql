-- Which tables do changes land in?
SELECT name, '' AS type FROM system.tables WHERE database = {database:String} AND endsWith(name, '_changes') ORDER BY name
