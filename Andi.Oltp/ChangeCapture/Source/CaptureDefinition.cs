namespace Andi.Oltp.ChangeCapture.Source;

/// <summary>
/// What PostgreSQL's catalog says of a table where it bears on whether the stream alone keeps the captured rows right; see <c>publication.sql</c>.
/// </summary>
/// <param name="Edition">Identifies the definition of the publication: every <c>ALTER PUBLICATION … SET</c> makes a new one.</param>
/// <param name="Files">Identifies the files that hold the rows: VACUUM FULL, CLUSTER and TRUNCATE make new ones, and so does an ALTER TABLE that rewrites the
/// rows, of which the stream says nothing. Null where it was not noted.</param>
/// <param name="Columns">Identifies the definitions of the columns: every ALTER TABLE of a column makes a new one. Null where it was not noted.</param>
internal sealed record CaptureDefinition(string Edition, string? Files, string? Columns)
{
    /// <summary>Whether changes may be missing that were made since the table was captured under an earlier definition of the publication.</summary>
    public bool IsPublishedOtherwiseThan(CaptureDefinition earlier) => Edition != earlier.Edition;

    /// <summary>
    /// Whether rows may have changed without being sent. Files alone change where rows keep their values, columns alone where no row is touched. Of a
    /// partitioned table both change with any partition, as one may come, go or be emptied without a word in the stream.
    /// </summary>
    public bool IsRewrittenSince(CaptureDefinition earlier) => earlier.Files is not null && Files != earlier.Files && Columns != earlier.Columns;
}
