namespace Andi.EndToEndTests.Topology;

/// <summary>What the public contract promises of run.json.</summary>
public sealed record RunJson(string Oltp, string Analytics, string Clickhouse, string Postgres, string Kafka, string? Dashboard, RunJsonTokens Tokens);

public sealed record RunJsonTokens(string Admin);
