using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace OpsConsole.Intake.CloudEvents;

/// <summary>A JSON number by its value: sign, digits without zeros at either end, power of ten. No arithmetic, so nothing is rounded and no exponent is too large.</summary>
internal static class CanonicalNumber
{
    /// <param name="text">A number as JSON allows it.</param>
    /// <param name="room">At least 32 bytes longer than the text.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(ReadOnlySpan<byte> text, Span<byte> room)
    {
        var negative = text[0] == (byte)'-';
        var mantissa = negative ? text[1..] : text;
        var exponent = 0L;
        if (mantissa.IndexOfAny((byte)'e', (byte)'E') is var e and >= 0)
        {
            if (!long.TryParse(mantissa[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || Math.Abs(exponent) > long.MaxValue / 4)
            {
                text.CopyTo(room);              // beyond any number that is meant: compared as it is spelled
                return text.Length;
            }

            mantissa = mantissa[..e];
        }

        var digits = 0;
        var point = mantissa.IndexOf((byte)'.');
        var start = negative ? 2 : 1;
        foreach (var digit in mantissa)
        {
            if (digit != (byte)'.' && (digits > 0 || digit != (byte)'0'))
            {
                room[start + digits++] = digit;
            }
        }

        exponent -= point < 0 ? 0 : mantissa.Length - point - 1;
        while (digits > 0 && room[start + digits - 1] == (byte)'0')
        {
            digits--;
            exponent++;
        }

        if (digits == 0)
        {
            return Encoding.ASCII.GetBytes("#0", room);             // also minus zero
        }

        room[0] = (byte)'#';
        room[start - 1] = negative ? (byte)'-' : room[start - 1];
        var length = start + digits;
        room[length++] = (byte)'e';
        Utf8Formatter.TryFormat(exponent, room[length..], out var written);
        return length + written;
    }
}
