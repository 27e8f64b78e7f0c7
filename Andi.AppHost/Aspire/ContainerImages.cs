namespace Andi.AppHost.AspireHosting;

/// <summary>Pinned tags of the container images; which image it is, each integration says.</summary>
internal static class ContainerImages
{
    public const string Postgres = "18.3";
    public const string Kafka = "8.2.0";
    public const string ClickHouse = "26.7";
}
