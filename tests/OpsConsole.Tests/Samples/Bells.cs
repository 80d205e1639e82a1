using OpsConsole.Notify;

namespace OpsConsole.Tests.Samples;

/// <summary>What people are told.</summary>
internal static class Bells
{
    /// <summary>What this person finds under the bell, once the workers have gathered it.</summary>
    public static async Task<NoticeList> Bell(this World world, Actor actor)
    {
        await world.LookForNotices();
        return (await world.Send(new ListNotices(true, null, 50, actor))).Value!;
    }

    /// <summary>The workers of notices look until they have nothing left.</summary>
    public static async Task LookForNotices(this World world)
    {
        await world.Run<NoticeWorker>(worker => worker.Look(default));
        await world.Run<LetterWorker>(worker => worker.Look(default));
    }
}
