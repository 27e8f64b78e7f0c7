namespace Andi.Web.Uploads;

/// <summary>Names the texts about uploads (UploadsTexts.resx and those of other languages beside it).</summary>
public sealed class UploadsTexts;
