using OpsConsole.Simulator;

await SimulatorApp.Build(args).RunAsync();
