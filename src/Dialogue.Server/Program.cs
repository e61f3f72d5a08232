using Dialogue.Access;
using Dialogue.Cases;
using Dialogue.Clock;
using Dialogue.Dialogues;
using Dialogue.FollowUp;
using Dialogue.Look;
using Dialogue.Mailroom;
using Dialogue.Operations;
using Dialogue.Operations.Demo;
using Dialogue.Organisations;
using Dialogue.Outcomes;
using Dialogue.Storage;
using Dialogue.Templates;

// A bare --demo is a wish and not the name of the argument after it.
var demo =
    args.Contains("--demo", StringComparer.Ordinal) && !bool.TryParse(args.SkipWhile(arg => arg != "--demo").ElementAtOrDefault(1), out _);
var builder = WebApplication.CreateBuilder(demo ? [.. args.Where(arg => arg != "--demo")] : args);
if (demo)
    builder.Configuration["Demo"] = "true";
if (SettingsCheck.Faults(builder.Configuration).FirstOrDefault() is { } fault)
{
    await Console.Error.WriteLineAsync(fault);
    return SettingsCheck.ExitCode;
}

builder.AddOperations();
builder.Services.AddStorage(builder.Configuration);
builder.Services.AddAccess(builder.Configuration);
builder.Services.AddLook();
builder.Services.AddOrganisations();
builder.Services.AddTemplates();
builder.Services.AddCases();
builder.Services.AddDialogues();
builder.Services.AddOutcomes();
builder.Services.AddFollowUp();
builder.Services.AddMailroom(builder.Configuration);
builder.Services.AddClock();
builder.Services.AddDemo();

var app = builder.Build();

try
{
    if (args is ["verify", ..])
        return await app.Verify();
    await app.StartDatabase();
    await app.RefuseEarlierLogs();
}
catch (StartRefused refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}
await app.SeedDemo();
await app.Services.GetRequiredService<SetupCode>().Offer();

app.UseLoadShedding();
app.UseForwardedHeaders();
app.UseMiddleware<SecurityHeaders>();
app.UseBodyLimits();
app.UseResponseCompression();
app.UseLook();
app.UseMiddleware<Origins>();
app.UseRouting();
app.UseKeptForms();
app.UseAuthentication();
app.UseAuthorization();
app.UseForms();

app.MapStaticAssets().ShortCircuit();
app.MapOperations();
app.MapAccess();
app.MapOrganisations();
app.MapTemplates();
app.MapCases();
app.MapDialogues();
app.MapOutcomes();
app.MapFollowUp();
app.MapLook();

await app.RunAsync();
return 0;

/// <summary>Named for the tests, which start the whole program.</summary>
public partial class Program;
