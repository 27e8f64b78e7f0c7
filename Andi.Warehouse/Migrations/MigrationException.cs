namespace Andi.Warehouse.Migrations;

/// <summary>The warehouse cannot be migrated as it is; the message says why and names the file, if one is to blame.</summary>
public sealed class MigrationException(string message, Exception? inner = null) : Exception(message, inner);
