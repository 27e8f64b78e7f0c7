using Npgsql;

namespace Andi.IntegrationTests.Tls;

[Collection(AloneCollection.Name)]
public sealed class PostgresTlsTests(EnginesFixture engines) : IAsyncLifetime
{
    private readonly TestAuthority _authority = new("andi test");

    // The shared server takes both, for the time of this class: who asks for no TLS goes on as before.
    public async ValueTask InitializeAsync()
    {
        await PutAsync("tls.crt", await File.ReadAllTextAsync(_authority.CertificateFile));
        await PutAsync("tls.key", await File.ReadAllTextAsync(_authority.KeyFile));
        await RunAsync("ALTER SYSTEM SET ssl_cert_file = 'tls.crt'");
        await RunAsync("ALTER SYSTEM SET ssl_key_file = 'tls.key'");
        await RunAsync("ALTER SYSTEM SET ssl = on");
        await RunAsync("SELECT pg_reload_conf()");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var setting in (string[])["ssl", "ssl_key_file", "ssl_cert_file"])
        {
            await RunAsync($"ALTER SYSTEM RESET {setting}");
        }

        await RunAsync("SELECT pg_reload_conf()");
        _authority.Dispose();
    }

    [Fact]
    public async Task Connection_is_encrypted_where_authority_and_name_are_right()
    {
        (await IsEncryptedAsync("localhost", _authority.RootFile)).ShouldBeTrue();
        using var other = new TestAuthority("somebody else");
        (await Should.ThrowAsync<NpgsqlException>(() => IsEncryptedAsync("localhost", other.RootFile))).ToString().ShouldContain("certificate");
        (await Should.ThrowAsync<NpgsqlException>(() => IsEncryptedAsync("127.0.0.1", _authority.RootFile))).ToString().ShouldContain("certificate");
    }

    private async Task<bool> IsEncryptedAsync(string host, string root)
    {
        var settings = new NpgsqlConnectionStringBuilder(engines.Oltp)
        {
            Host = host,
            SslMode = SslMode.VerifyFull,
            RootCertificate = root,
            Pooling = false,
        };

        // The server reloads its configuration in its own time.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = new NpgsqlConnection(settings.ConnectionString);
                await connection.OpenAsync(TestContext.Current.CancellationToken);
                await using var command = new NpgsqlCommand("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", connection);
                return (bool)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
            }
            catch (NpgsqlException exception) when (attempt < 20 && exception.Message.Contains("SSL connection requested", StringComparison.Ordinal))
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }
    }

    // By the server itself: it demands that it owns its key.
    private Task PutAsync(string file, string content) =>
        RunAsync($"COPY (SELECT unnest(string_to_array('{content.Trim()}', E'\\n'))) TO PROGRAM 'umask 077 && cat > {file}'");

    private async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(engines.Oltp);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
