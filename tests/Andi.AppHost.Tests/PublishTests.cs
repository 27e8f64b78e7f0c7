using System.Text.Json;
using Andi.Testing;

namespace Andi.AppHost.Tests;

/// <summary>The model as azd reads it: containers and project images, no native engine, no secret, nothing of this machine.</summary>
public sealed class PublishTests
{
    [Fact]
    public async Task Manifest_has_containers_and_projects_and_no_secret()
    {
        var folder = TestState.Empty("publish");
        var file = Path.Combine(folder, "manifest.json");
        await using var host = HostProcess.Start(Path.Combine(folder, "state"), "--publisher", "manifest", "--output-path", file);

        (await host.ExitCodeAsync()).ShouldBe(0, host.Output);

        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var resources = JsonDocument.Parse(text).RootElement.GetProperty("resources");
        string Type(string name) => resources.GetProperty(name).GetProperty("type").GetString()!;
        foreach (var project in (string[])["oltp-api", "ingestor", "analytics-api", "web", "migrations"])
        {
            Type(project).ShouldBe("project.v0", project);
        }

        foreach (var container in (string[])["postgres", "kafka-broker", "clickhouse"])
        {
            Type(container).ShouldStartWith("container.v", customMessage: container);
        }

        resources.EnumerateObject().Select(resource => resource.Value.GetProperty("type").GetString()).ShouldNotContain("executable.v0");
        foreach (var password in (string[])["postgres-password", "clickhouse-password"])
        {
            resources.GetProperty(password).GetProperty("inputs").GetProperty("value").GetProperty("secret").GetBoolean().ShouldBeTrue(password);
        }

        text.ShouldNotContain(folder);
        Directory.Exists(Path.Combine(folder, "state")).ShouldBeFalse("Publishing made a state folder.");
    }
}
