namespace OpsConsole.Web.Access;

/// <summary>A browser and a system in words, from what a browser says of itself. For people to recognise their devices by; nothing is decided by it.</summary>
internal static class DeviceWords
{
    // The first that is named counts: browsers name those that they are like, after themselves.
    private static readonly (string Sign, string Word)[] s_browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl")];

    private static readonly (string Sign, string Word)[] s_systems =
        [("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    public static string Of(string? userAgent) => (Find(s_browsers, userAgent), Find(s_systems, userAgent)) switch
    {
        ({ } browser, { } system) => $"{browser} on {system}",
        ({ } browser, null) => browser,
        (null, { } system) => $"A program on {system}",
        _ => "A program",
    };

    private static string? Find((string Sign, string Word)[] signs, string? userAgent) =>
        signs.FirstOrDefault(one => userAgent?.Contains(one.Sign, StringComparison.Ordinal) is true).Word;
}
