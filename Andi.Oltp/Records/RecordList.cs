using System.Globalization;
using System.Text;
using Andi.Audit;
using Andi.Oltp.Validation;
using Andi.Requests;
using Andi.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.OpenApi;

namespace Andi.Oltp.Records;

/// <summary>A page of records, in the order of their ids.</summary>
/// <param name="Items">The records.</param>
/// <param name="NextCursor">For <c>cursor=</c> of the next page; null on the last.</param>
internal sealed record RecordPage<TRecord>(IReadOnlyList<TRecord> Items, string? NextCursor);

/// <summary>The list of a record's table, narrowed by what its records refer to and by the fields that are declared for it.</summary>
internal static class RecordList
{
    private const int MaxSize = 1000;
    private const int DefaultSize = 100;

    // PostgreSQL plans for the number of rows that are wanted. For a handful it may read the table in the order of the keys until it has met that many of a
    // teacher's, which are all at its end; for a page it reads the teacher's by their index.
    private const int FewestPlanned = 100;

    private const string Limit = "limit";
    private const string Cursor = "cursor";

    /// <summary>Maps <c>GET /v1/{path}</c>.</summary>
    /// <param name="v1">The group <c>/v1</c>.</param>
    /// <param name="path">In the plural: <c>ciq-sessions</c>.</param>
    public static void MapList<TContext, TBody, TRecord>(this IEndpointRouteBuilder v1, FieldList<TBody, TRecord> fields, string path)
        where TContext : DbContext
        where TBody : class
        where TRecord : class
    {
        var all = $"/{path}";
        var things = path.Replace('-', ' ');
        var filters = fields.Filters;
        var list = v1.MapGet(all, (string? limit, string? cursor, HttpContext http, TContext db, CancellationToken cancellationToken) =>
                ReadAsync(fields, filters, limit, cursor, http.Request.Query, db, cancellationToken))
            .WithTags(path)
            .WithName($"list-{path}")
            .Needs(Actions.List, fields.Table)
            .WithSummary($"List {things}, page by page.")
            .WithDescription(
                "In the order of their ids. Of several filters all must hold; an id that nothing has gives an empty list. What is written while pages are read "
                + "is in one of them or not; no record comes twice.")
            .WithMetadata(new FurtherParameters([.. filters.Select(filter => filter.Name)]))
            .AddOpenApiOperationTransformer((operation, _, _) =>
            {
                foreach (var filter in filters)
                {
                    (operation.Parameters ??= []).Add(new OpenApiParameter
                    {
                        Name = filter.Name,
                        In = ParameterLocation.Query,
                        Description = $"Only {things} with this {filter.Name}.",
                        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                    });
                }

                return Task.CompletedTask;
            });
        list.ReadsRowsOf(fields);
    }

    /// <summary>Has the reads of an endpoint noted in the audit log where records of these fields are rows of people.</summary>
    public static void ReadsRowsOf(this IEndpointConventionBuilder endpoint, IFieldList fields)
    {
        if (fields.Subjects is { } subjects)
        {
            endpoint.ReadsPeople(fields.Table, subjects.IdProperty);
        }
    }

    private static async Task<Ok<RecordPage<TRecord>>> ReadAsync<TContext, TBody, TRecord>(
        FieldList<TBody, TRecord> fields, IReadOnlyList<FieldShape> filters, string? limit, string? cursor, IQueryCollection query, TContext db,
        CancellationToken cancellationToken)
        where TContext : DbContext
        where TBody : class
        where TRecord : class
    {
        var errors = new FieldErrors();
        var size = SizeOf(limit, errors);
        var after = cursor is null ? null : PageCursor.Parse<KeyCursor>(cursor);
        if (cursor is not null && (after?.After is not { } key || TextRules.Id.Check(Encoding.UTF8.GetBytes(key)) is not null))
        {
            errors.Add(Cursor, "is not one that an answer gave as nextCursor");
        }

        var conditions = new List<string>();
        var values = new List<object>();
        foreach (var filter in filters.Where(filter => query.ContainsKey(filter.Name)))
        {
            var given = query[filter.Name];
            var text = filter.Text!.Normalize(given.ToString());
            errors.Text(filter.Name, text, filter.Text);
            if (given.Count > 1)
            {
                errors.Add(filter.Name, "is there more than once");
            }

            Compare(filter.Column, "=", text!);
        }

        errors.ThrowIfAny();
        if (after is not null)
        {
            Compare(fields.Key.Column, ">", after.After);
        }

        var where = conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)} ";
        var sql = $"SELECT * FROM public.{fields.Table} {where}ORDER BY {fields.Key.Column} LIMIT {Math.Max(size, FewestPlanned) + 1}";
        var rows = await db.Set<TRecord>().FromSqlRaw(sql, [.. values]).AsNoTracking().ToListAsync(cancellationToken);
        return TypedResults.Ok(rows.Count > size
            ? new RecordPage<TRecord>(rows[..size], PageCursor.Text(new KeyCursor(KeyOf(db, rows[size - 1]))))
            : new RecordPage<TRecord>(rows, null));

        void Compare(string column, string comparison, string value)
        {
            conditions.Add(string.Create(CultureInfo.InvariantCulture, $"{column} {comparison} {{{values.Count}}}"));
            values.Add(value);
        }
    }

    private static int SizeOf(string? limit, FieldErrors errors)
    {
        if (limit is null)
        {
            return DefaultSize;
        }

        if (int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= MaxSize)
        {
            return size;
        }

        errors.Add(Limit, $"must be a number from 1 to {MaxSize}");
        return 0;
    }

    private static string KeyOf<TRecord>(DbContext db, TRecord record)
        where TRecord : class =>
        (string)db.Model.FindEntityType(typeof(TRecord))!.FindPrimaryKey()!.Properties.Single().GetGetter().GetClrValue(record)!;

    /// <summary>Where a page ended.</summary>
    private sealed record KeyCursor(string After);
}
