using Andi.AppHost.State;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Andi.AppHost.AspireHosting;

/// <summary>What services have in common as resources.</summary>
internal static class ServiceResource
{
    private const string Health = "/health";

    public static IResourceBuilder<ProjectResource> WithServiceEnvironment(this IResourceBuilder<ProjectResource> project, ServiceEnvironment environment)
    {
        environment.Apply(project);
        return project;
    }

    /// <summary>Starts after the migrations, is healthy when <c>/health</c> says so, and ends the application should it end before that.</summary>
    public static IResourceBuilder<ProjectResource> AsService(
        this IResourceBuilder<ProjectResource> project, ServiceEnvironment environment, IResourceBuilder<ProjectResource> migrations, Outcome outcome)
    {
        var ready = false;
        return project
            .WithServiceEnvironment(environment)
            .WaitForCompletion(migrations)
            .WithHttpHealthCheck(Health)
            .OnResourceReady((_, _, _) =>
            {
                ready = true;
                return Task.CompletedTask;
            })
            .OnResourceStopped((service, stopped, _) =>
            {
                // Later ends are the user's affair: the dashboard shows them, and has a button to start it again.
                if (!ready)
                {
                    outcome.Fail(stopped.Services, $"{service.Name} ended before it was healthy, with exit code {stopped.ResourceEvent.Snapshot.ExitCode}; its log says why.");
                }

                return Task.CompletedTask;
            });
    }

    /// <summary>A password: the state folder's own, so that data made with it can be opened again; when publishing, whoever deploys gives one.</summary>
    public static IResourceBuilder<ParameterResource> AddPassword(this IDistributedApplicationBuilder builder, string name, StateFolder? state) =>
        state is null
            ? builder.AddParameter(name, secret: true)
            : builder.AddParameter(name, OwnerFile.Password(Path.Combine(state.Root, $"{name.Replace('-', '.')}")), secret: true);
}
