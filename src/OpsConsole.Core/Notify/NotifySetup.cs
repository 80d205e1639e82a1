using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Audit;
using OpsConsole.Notify.Channels;
using OpsConsole.Outgoing;

namespace OpsConsole.Notify;

public static class NotifySetup
{
    /// <summary>Notices and their ways: the bell, mail (<c>Mail</c>) and chat (<c>Notify</c>).</summary>
    public static IServiceCollection AddNotify(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MailOptions>().Bind(configuration.GetSection(MailOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<NotifyOptions>().Bind(configuration.GetSection(NotifyOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOutgoingClient(ChatChannel.Client);
        services.AddSingleton<ILetterChannel, MailChannel>().AddSingleton<ILetterChannel, ChatChannel>();
        services.AddSingleton<IAnchorWay, AnchorMail>();
        services.AddHostedService<NoticeWorker>();
        return services.AddHostedService<LetterWorker>();
    }
}
