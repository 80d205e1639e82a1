using System.Globalization;
using System.Numerics;

namespace OpsConsole.Basics;

/// <summary>A number as JSON writes it, kept to its last digit: money is compared and checked by value and never by way of a double.</summary>
public readonly record struct ExactNumber : IComparable<ExactNumber>
{
    /// <summary>Longer numerals and larger powers of ten are no numbers that a business writes; they do not parse.</summary>
    private const int MostDigits = 400;
    private const int LargestPower = 400;

    private readonly BigInteger _digits;
    private readonly int _power;

    private ExactNumber(BigInteger digits, int power)
    {
        while (!digits.IsZero && digits % 10 == 0)
        {
            (digits, power) = (digits / 10, power + 1);
        }

        (_digits, _power) = (digits, digits.IsZero ? 0 : power);
    }

    /// <summary>True for 5, 5.00 and 50e-1.</summary>
    public bool IsWhole => _power >= 0;

    /// <summary>Reads a number as JSON allows it: <c>-12.50</c>, <c>1e3</c>; nothing else, and no blanks.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ExactNumber number)
    {
        number = default;
        var at = text.IndexOfAny('e', 'E');
        var power = 0;
        if (at >= 0 && (!int.TryParse(text[(at + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out power) || Math.Abs(power) > LargestPower))
        {
            return false;
        }

        var mantissa = at < 0 ? text : text[..at];
        var point = mantissa.IndexOf('.');
        var whole = point < 0 ? mantissa : mantissa[..point];
        var fraction = point < 0 ? [] : mantissa[(point + 1)..];
        var negative = whole.Length > 0 && whole[0] is '-';
        whole = negative ? whole[1..] : whole;
        if (!IsDigits(whole) || (point >= 0 && !IsDigits(fraction)) || (whole.Length > 1 && whole[0] is '0') || whole.Length + fraction.Length > MostDigits)
        {
            return false;
        }

        var digits = BigInteger.Parse($"{whole}{fraction}", NumberStyles.None, CultureInfo.InvariantCulture);
        number = new ExactNumber(negative ? -digits : digits, power - fraction.Length);
        return true;
    }

    public int CompareTo(ExactNumber other)
    {
        var power = Math.Min(_power, other._power);
        return At(power).CompareTo(other.At(power));
    }

    public static bool operator <(ExactNumber left, ExactNumber right) => left.CompareTo(right) < 0;

    public static bool operator >(ExactNumber left, ExactNumber right) => left.CompareTo(right) > 0;

    public static bool operator <=(ExactNumber left, ExactNumber right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ExactNumber left, ExactNumber right) => left.CompareTo(right) >= 0;

    /// <summary>True when dividing by <paramref name="step"/> leaves nothing. Nothing is a multiple of zero.</summary>
    public bool IsMultipleOf(ExactNumber step)
    {
        var power = Math.Min(_power, step._power);
        var by = step.At(power);
        return !by.IsZero && (At(power) % by).IsZero;
    }

    private BigInteger At(int power) => _digits * BigInteger.Pow(10, _power - power);

    private static bool IsDigits(ReadOnlySpan<char> text) => text.Length > 0 && text.IndexOfAnyExceptInRange('0', '9') < 0;
}
