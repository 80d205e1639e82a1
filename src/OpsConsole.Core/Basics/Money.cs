using System.Globalization;

namespace OpsConsole.Basics;

/// <summary>An amount and its ISO 4217 currency. Amounts of different currencies are never added; convert at a dated rate first.</summary>
/// <param name="Amount">In major units, up to 19 digits of which 4 are decimals.</param>
/// <param name="Currency">Three capital letters.</param>
public readonly record struct Money(decimal Amount, string Currency)
{
    /// <summary>The currency's own number of decimals (ISO 4217, minor unit): 0 for JPY, 3 for KWD, else 2.</summary>
    public static int Decimals(string currency) => currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "UYI" or "VND" or "VUV" or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2,
    };

    /// <summary>True for three capital ASCII letters, which is all that can be checked without a list that ages.</summary>
    public static bool IsCurrency(string? code) => code is { Length: 3 } && code.All(char.IsAsciiLetterUpper);

    public override string ToString() => $"{Currency} {Amount.ToString("N" + Decimals(Currency), CultureInfo.InvariantCulture)}";
}
