namespace OpsConsole.Intake.CloudEvents;

/// <summary>The W3C trace context: <c>00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01</c>. A broken one is as none.</summary>
internal static class TraceParent
{
    public static byte[]? TraceId(string? value)
    {
        if (value is null || value.Length < 55 || value[2] != '-' || value[35] != '-' || value[52] != '-' || value.StartsWith("ff", StringComparison.Ordinal))
        {
            return null;
        }

        var id = new byte[16];
        var hex = value.AsSpan(3, 32);
        return hex.ContainsAnyInRange('A', 'F') || Convert.FromHexString(hex, id, out _, out _) is not System.Buffers.OperationStatus.Done || id.AsSpan().IndexOfAnyExcept((byte)0) < 0
            ? null
            : id;
    }
}
