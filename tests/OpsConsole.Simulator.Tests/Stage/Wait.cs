using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace OpsConsole.Simulator.Tests.Stage;

/// <summary>Waits for a condition, never for a time. What does not come within half a minute does not come.</summary>
internal static class Wait
{
    public static async Task Until(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string said = "")
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"It did not come to this: {said}");
            await Task.Delay(20);
        }
    }

    public static async Task Until(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string said = "")
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"It did not come to this: {said}");
            await Task.Delay(20);
        }
    }
}
