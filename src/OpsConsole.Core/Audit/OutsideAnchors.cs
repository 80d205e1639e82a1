using Microsoft.Extensions.Options;

namespace OpsConsole.Audit;

/// <summary>The anchors of <c>Audit:AnchorFile</c>, where this node can read it.</summary>
internal sealed class OutsideAnchors(IOptions<AuditOptions> options)
{
    public IReadOnlyList<AnchorLine> Read() => options.Value.AnchorFile is { Length: > 0 } file && File.Exists(file) ? Read(file) : [];

    public static IReadOnlyList<AnchorLine> Read(string file) =>
        [.. File.ReadLines(file).Select(AnchorText.Read).OfType<AnchorLine>().Select(anchor => anchor with { From = Path.GetFileName(file) })];
}
