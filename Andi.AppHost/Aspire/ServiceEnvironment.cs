using Andi.AppHost.State;
using Andi.Topology;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Andi.AppHost.AspireHosting;

/// <summary>What every service gets alike.</summary>
internal sealed class ServiceEnvironment
{
    private readonly Dictionary<string, string> _variables;
    private readonly IResourceBuilder<ParameterResource>? _authority;

    /// <param name="builder">Takes the parameter for the authority when publishing.</param>
    /// <param name="state">Holds the signing key; null when publishing: then an OIDC authority signs.</param>
    /// <param name="kafkaProtocol">See <see cref="SettingNames.KafkaProtocol"/>.</param>
    /// <param name="dashboard">Whether there is one to take telemetry.</param>
    public ServiceEnvironment(IDistributedApplicationBuilder builder, StateFolder? state, string kafkaProtocol, bool dashboard)
    {
        if (state is null)
        {
            _variables = new() { [ServiceSettings.Variable(SettingNames.KafkaProtocol)] = kafkaProtocol };
            _authority = builder.AddParameter("security-authority");
            return;
        }

        OwnerFile.SigningKey(state.SigningKey);
        _variables = ServiceSettings.Development(state.SigningKey, kafkaProtocol);
        if (!dashboard)
        {
            // Aspire names a collector all the same. Nobody is there: nothing is sent, and no stop waits for what cannot be sent.
            _variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = "";
            _variables["OTEL_EXPORTER_OTLP_TIMEOUT"] = "1000";
        }
    }

    public void Apply(IResourceBuilder<ProjectResource> project)
    {
        foreach (var (name, value) in _variables)
        {
            project.WithEnvironment(name, value);
        }

        if (_authority is not null)
        {
            project.WithEnvironment(ServiceSettings.Variable(SettingNames.Authority), _authority);
        }
    }
}
