using Andi.Warehouse.Client;

namespace Andi.Warehouse.Migrations;

/// <summary>
/// How a dictionary over the server's own tables logs in (<c>{{dictionary_login}}</c> in a repeatable file). ClickHouse checks a user there even for
/// itself; the embedded engine has one without a password behind the HTTP interface's. So it is tried without, and given only where it is asked for.
/// </summary>
internal static class DictionaryLogin
{
    public const string Placeholder = "{{dictionary_login}}";

    private const int AuthenticationFailed = 516;

    public static async Task<string> FindAsync(ClickHouseClient client, ClickHouseOptions options, CancellationToken cancellationToken)
    {
        await client.ExecuteAsync(
            new("""
                CREATE OR REPLACE DICTIONARY ops.login_probe (dummy UInt64, answer UInt8) PRIMARY KEY dummy
                SOURCE(CLICKHOUSE(QUERY 'SELECT toUInt64(dummy) AS dummy, toUInt8(1) AS answer FROM system.one WHERE {condition}'))
                LAYOUT(DIRECT())
                """),
            cancellationToken);
        try
        {
            await client.ScalarAsync<int>(new("SELECT dictGet('ops.login_probe', 'answer', toUInt64(0))"), cancellationToken);
            return "";
        }
        catch (ClickHouseException refused) when (refused.Code is AuthenticationFailed or 192 or 193 or 194)
        {
            return $"USER {TextLiteral.Quote(options.Username)} PASSWORD {TextLiteral.Quote(options.Password)} ";
        }
        finally
        {
            await client.ExecuteAsync(new("DROP DICTIONARY IF EXISTS ops.login_probe"), CancellationToken.None);
        }
    }
}
