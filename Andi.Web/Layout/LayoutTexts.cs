namespace Andi.Web.Layout;

/// <summary>Names the texts that all pages share (LayoutTexts.resx and those of other languages beside it).</summary>
public sealed class LayoutTexts;
