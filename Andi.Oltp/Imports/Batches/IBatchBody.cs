using Andi.Oltp.Imports.Copy;
using Andi.Oltp.Requests;

namespace Andi.Oltp.Imports.Batches;

/// <summary>A JSON body of which many can be sent at once.</summary>
public interface IBatchBody
{
    /// <summary>Adds what is wrong with the body's own fields.</summary>
    void Validate(FieldErrors errors);

    /// <summary>Writes a validated body as a staged row: <paramref name="line"/> and the columns of its import's definition, in their order.</summary>
    /// <param name="newId">The id where the body gives none.</param>
    void Stage(CopyRow copy, long line, string newId);
}
