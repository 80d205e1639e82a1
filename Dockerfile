# One file, two images: --target console (the default) and --target simulator.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY .editorconfig global.json Directory.Build.props Directory.Build.targets Directory.Packages.props ./
COPY build build
COPY migrations migrations
COPY src src
COPY wwwroot wwwroot
# The complete registry: nothing is pruned, so SQL Server can be served; the lock files hold for the build without it.
ENV FullFeed=true
RUN dotnet publish src/OpsConsole.Web -c Release -p:FullFeed=true -o /out/console \
 && dotnet publish src/OpsConsole.Simulator -c Release -p:FullFeed=true -o /out/simulator

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS runtime
# For the health checks: the image has no program that can ask a URL.
RUN apt-get update \
 && apt-get install -y --no-install-recommends curl \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV ASPNETCORE_URLS=http://+:8080
EXPOSE 8080
USER $APP_UID

FROM runtime AS simulator
USER root
RUN mkdir /state && chown $APP_UID /state
USER $APP_UID
ENV Simulator__StateFolder=/state
VOLUME /state
COPY --from=build /out/simulator .
ENTRYPOINT ["dotnet", "OpsConsole.Simulator.dll"]

FROM runtime AS console
COPY --from=build /out/console .
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 CMD ["curl", "-fsS", "http://127.0.0.1:8080/readyz"]
ENTRYPOINT ["dotnet", "OpsConsole.Web.dll"]
