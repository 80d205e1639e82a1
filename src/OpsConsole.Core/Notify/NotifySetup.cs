using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Notify.Channels;

namespace OpsConsole.Notify;

public static class NotifySetup
{
    /// <summary>Notices and their ways: the bell, mail (<c>Mail</c>) and chat (<c>Notify</c>).</summary>
    public static IServiceCollection AddNotify(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MailOptions>().Bind(configuration.GetSection(MailOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<NotifyOptions>().Bind(configuration.GetSection(NotifyOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpClient(ChatChannel.Client, client => client.Timeout = Timeout.InfiniteTimeSpan).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(1), ActivityHeadersPropagator = null,
        });
        services.AddSingleton<ILetterChannel, MailChannel>().AddSingleton<ILetterChannel, ChatChannel>();
        services.AddHostedService<NoticeWorker>();
        return services.AddHostedService<LetterWorker>();
    }
}
