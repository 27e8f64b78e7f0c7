namespace Andi.Oltp.Imports;

/// <summary>A table that <c>POST /v1/imports/{entity}</c> fills.</summary>
public sealed record ImportDefinition(string Entity);
