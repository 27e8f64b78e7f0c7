using System.Collections.Concurrent;
using System.Data.Common;
using Andi.Security;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Andi.Oltp.Access;

/// <summary>The pools of connections: one that sees all rows, and one for each role whose callers see what lies in their scope.</summary>
/// <param name="unscoped">Of the write API's own role.</param>
/// <param name="open">Makes the pool whose connections take a group role of PostgreSQL.</param>
public sealed class CallerPools(NpgsqlDataSource unscoped, Func<string, NpgsqlDataSource> open) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<NpgsqlDataSource>> _ofRoles = new(StringComparer.Ordinal);

    /// <summary>For callers that no scope limits, and for the service's own work.</summary>
    public NpgsqlDataSource Unscoped => unscoped;

    /// <param name="role">One of <see cref="Roles"/> other than admin and service.</param>
    public NpgsqlDataSource Of(string role) => _ofRoles.GetOrAdd(role, one => new(() => open(TableAccess.DatabaseRole(one)))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in _ofRoles.Values.Where(pool => pool.IsValueCreated))
        {
            await pool.Value.DisposeAsync();
        }
    }
}

/// <summary>
/// The database as the caller of this request may see it. On connections of a role's pool nothing can be read or written before
/// <see cref="ScopeOfConnection"/> has said whose rows they are.
/// </summary>
public sealed class CallerDatabase
{
    private readonly ScopeOfConnection? _scope;

    public CallerDatabase(IHttpContextAccessor http, CallerPools pools)
    {
        var caller = http.HttpContext is { } context ? Caller.Of(context.User) : null;
        Caller = caller;
        Source = pools.Unscoped;
        if (caller is { IsUnlimited: false })
        {
            Source = pools.Of(caller.Role);
            _scope = new ScopeOfConnection(caller.ScopeId ?? "");
        }
    }

    /// <summary>Who asks; null outside of a request.</summary>
    public Caller? Caller { get; }

    /// <summary>Whether the caller sees only the rows of a scope.</summary>
    public bool IsScoped => _scope is not null;

    internal NpgsqlDataSource Source { get; }

    /// <summary>What a context of EF Core needs to open connections as <see cref="OpenAsync"/> does.</summary>
    internal IEnumerable<IInterceptor> Interceptors => _scope is null ? [] : [_scope];

    /// <summary>A connection on which only the caller's rows are there.</summary>
    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await Source.OpenConnectionAsync(cancellationToken);
        try
        {
            await (_scope?.SetAsync(connection, cancellationToken) ?? Task.CompletedTask);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Says on each connection that is opened which scope its rows are of; what another request said there is gone with it.</summary>
    internal sealed class ScopeOfConnection(string scopeId) : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = Command((NpgsqlConnection)connection);
            command.ExecuteNonQuery();
        }

        public override Task ConnectionOpenedAsync(
            DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default) =>
            SetAsync((NpgsqlConnection)connection, cancellationToken);

        public async Task SetAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        {
            await using var command = Command(connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        private NpgsqlCommand Command(NpgsqlConnection connection) => new("SELECT set_config('andi.scope_id', $1, false)", connection)
        {
            Parameters = { new() { Value = scopeId } },
        };
    }
}
