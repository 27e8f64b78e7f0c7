using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Andi.Oltp.Requests;

internal static class KnownRows
{
    /// <summary>The row of an id that came with a request's path.</summary>
    /// <exception cref="ProblemException">404: there is none, or the text cannot be an id.</exception>
    public static async Task<T> FindKnownAsync<T>(this DbContext db, string id, string thing, CancellationToken cancellationToken)
        where T : class =>
        TextRules.Id(Encoding.UTF8.GetBytes(id)) is null && await db.Set<T>().FindAsync([id], cancellationToken) is { } row
            ? row
            : throw ProblemException.NotFound(thing, id);
}
