using Andi.Topology;
using Aspire.Hosting.ApplicationModel;

namespace Andi.AppHost.AspireHosting;

/// <summary>What run.json and the ordered stop need of the model.</summary>
/// <param name="Oltp">See <see cref="ConnectionNames.Oltp"/>.</param>
/// <param name="Ingest">See <see cref="ConnectionNames.Ingest"/>.</param>
/// <param name="Kafka">See <see cref="ConnectionNames.Kafka"/>.</param>
/// <param name="Warehouse">See <see cref="ConnectionNames.Warehouse"/>.</param>
/// <param name="OltpApi">Its endpoint is named <c>http</c>, as those of the others.</param>
/// <param name="Ingestor">See above.</param>
/// <param name="AnalyticsApi">See above.</param>
/// <param name="KafkaProtocol">See <see cref="SettingNames.KafkaProtocol"/>.</param>
internal sealed record AspireResources(
    IResourceBuilder<IResourceWithConnectionString> Oltp,
    IResourceBuilder<IResourceWithConnectionString> Ingest,
    IResourceBuilder<IResourceWithConnectionString> Kafka,
    IResourceBuilder<IResourceWithConnectionString> Warehouse,
    IResourceBuilder<ProjectResource> OltpApi,
    IResourceBuilder<ProjectResource> Ingestor,
    IResourceBuilder<ProjectResource> AnalyticsApi,
    string KafkaProtocol);
