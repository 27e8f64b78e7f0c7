using System.Globalization;
using System.Runtime.CompilerServices;
using Andi.Warehouse.Client;
using ClickHouse.Driver.ADO;
using ClickHouse.Driver.ADO.Parameters;

namespace Andi.Cli.Check;

/// <summary>
/// Reads whole tables of the warehouse as text with the official driver, which shares no code with what wrote them and is twice as fast at this as our own
/// client (docs/decisions/0021-own-clickhouse-client.md).
/// </summary>
internal sealed class WarehouseRows(ClickHouseOptions options)
{
    private readonly ClickHouseClientSettings _settings = new()
    {
        Protocol = options.Endpoint.Scheme,
        Host = options.Endpoint.Host,
        Port = (ushort)options.Endpoint.Port,
        Username = options.Username,
        Password = options.Password,
        Timeout = CheckedWarehouse.Limit,
        CustomSettings = CheckedWarehouse.Settings
            .Append(new("max_execution_time", CheckedWarehouse.Limit.TotalSeconds.ToString(CultureInfo.InvariantCulture)))
            .ToDictionary(setting => setting.Key, setting => (object)setting.Value),
    };

    /// <summary>The rows of a statement whose columns are all text, by the name of the column; throws where the answer breaks off.</summary>
    /// <param name="sql">Its parameters are <c>generation</c> (UInt32), <c>oldest</c> (Date) and <c>position</c> (UInt128).</param>
    /// <param name="generation">Whose rows.</param>
    /// <param name="oldest">The first day that counts.</param>
    /// <param name="position">Rows of later changes do not count.</param>
    public async IAsyncEnumerable<Dictionary<string, string?>> ReadAsync(
        string sql, uint generation, DateOnly oldest, UInt128 position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = new ClickHouseConnection(_settings);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.Add(new ClickHouseDbParameter { ParameterName = "generation", ClickHouseType = "UInt32", Value = generation });
        command.Parameters.Add(new ClickHouseDbParameter { ParameterName = "oldest", ClickHouseType = "Date", Value = oldest });
        command.Parameters.Add(new ClickHouseDbParameter { ParameterName = "position", ClickHouseType = "UInt128", Value = position });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = new Dictionary<string, string?>(reader.FieldCount);
            for (var column = 0; column < reader.FieldCount; column++)
            {
                row[reader.GetName(column)] = reader.IsDBNull(column) ? null : reader.GetString(column);
            }

            yield return row;
        }
    }
}
