using Dialogue.Access;
using Dialogue.Look;
using Dialogue.Operations;
using Dialogue.Storage;

var builder = WebApplication.CreateBuilder(args);
if (args.Contains("--demo", StringComparer.Ordinal))
{
    builder.Configuration["Demo"] = "true";
}

builder.AddOperations();
builder.Services.AddStorage(builder.Configuration);
builder.Services.AddAccess(builder.Configuration);
builder.Services.AddLook();

var app = builder.Build();

await app.StartDatabase();
await app.SeedDemo();
await app.Services.GetRequiredService<SetupCode>().Offer();

app.UseForwardedHeaders();
app.UseMiddleware<SecurityHeaders>();
if (!app.Environment.IsDevelopment())
{
    app.UseHsts();
}

app.UseBodyLimits();
app.UseResponseCompression();
app.UseLanguages();
app.UseErrorPages();
app.UseMiddleware<Origins>();
app.UseRouting();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();

app.MapStaticAssets().ShortCircuit();
app.MapOperations();
app.MapAccess();
app.MapLook();

await app.RunAsync();

/// <summary>Named for the tests, which start the whole program.</summary>
public partial class Program;
