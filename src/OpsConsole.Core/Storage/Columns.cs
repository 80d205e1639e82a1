namespace OpsConsole.Storage;

/// <summary>The widths of text columns, in characters. Identities are limited by the wire contract to 256 bytes.</summary>
internal static class Columns
{
    public const int Code = 64;
    public const int Identity = 256;
    public const int Sentence = 512;

    /// <summary>A secret of some hundred characters as Data Protection keeps it.</summary>
    public const int Kept = 1024;
    public const int Currency = 3;
    public const int Hash = 32;
}
