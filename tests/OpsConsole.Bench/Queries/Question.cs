using MediatR;
using OpsConsole.Basics;

namespace OpsConsole.Bench.Queries;

/// <summary>One thing that a page asks, as the page asks it, and the statements by which one would ask the database for the same.</summary>
/// <param name="Name">In the table.</param>
/// <param name="Ask">Sends the page's request; answers with the total that it told.</param>
/// <param name="Bare">Rows, totals and whatever else the answer holds, a statement each.</param>
/// <param name="Told">Which of the statements tells the total first.</param>
internal sealed record Question(string Name, Func<IMediator, Task<long>> Ask, string Bare, int Told = 1)
{
    /// <summary>In how many milliseconds it must be answered whatever the database could do; nothing: it is only held against that.</summary>
    public double? Most { get; init; }

    /// <summary>It asks what was known at this moment; nothing: now.</summary>
    public DateTimeOffset? At { get; init; }
}

internal static class Answers
{
    /// <summary>The value; a refusal would make a figure of nothing.</summary>
    public static async Task<T> Accepted<T>(this Task<Outcome<T>> asked)
    {
        var answer = await asked;
        return answer.Value ?? throw new InvalidOperationException($"Refused: {answer.Refusal?.Message}");
    }
}
