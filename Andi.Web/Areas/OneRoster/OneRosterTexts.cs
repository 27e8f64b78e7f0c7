namespace Andi.Web.Areas.OneRoster;

/// <summary>Names the texts about exports of student information systems (OneRosterTexts.resx and those of other languages beside it).</summary>
public sealed class OneRosterTexts;
