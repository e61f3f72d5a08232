using Dialogue.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;
using QRCoder;

namespace Dialogue.Dialogues;

/// <summary>Opens the doors: from now on there is a code, an address and a picture of that address.</summary>
public sealed record OpenTheLobby(DialogueId Dialogue, string? OverrideReason) : IRequest<Result<Invitation>>;

/// <param name="Code">In threes, such as K7M-2QD-9XW.</param>
/// <param name="QrSvg">The address as a QR code, an SVG without script or style.</param>
public sealed record Invitation(string Code, string Address, string QrSvg)
{
    public static Invitation For(string bareCode, Doors doors)
    {
        var code = JoinCode.Shown(bareCode);
        var address = doors.AddressOf(code);
        using var data = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        return new Invitation(code, address, Svg(data));
    }

    /// <summary>One path of one-by-one squares: small, sharp at any size, and without attributes that a strict policy forbids.</summary>
    private static string Svg(QRCodeData data)
    {
        var size = data.ModuleMatrix.Count;
        var path = new System.Text.StringBuilder();
        for (var y = 0; y < size; y++)
            for (var x = 0; x < size; x++)
                if (data.ModuleMatrix[y][x]) path.Append(System.Globalization.CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\" class=\"qr\"><rect width=\"{size}\" height=\"{size}\" fill=\"#ffffff\"/><path fill=\"#000000\" d=\"{path}\"/></svg>";
    }
}

internal sealed class OpenTheLobbyHandler(IMediator mediator, IDbContextFactory<DialogueDb> databases, Doors doors) : IRequestHandler<OpenTheLobby, Result<Invitation>>
{
    public async Task<Result<Invitation>> Handle(OpenTheLobby ask, CancellationToken cancellationToken)
    {
        if (await mediator.Send(new PerformAsOrganiser(ask.Dialogue, new OpenLobby(ask.OverrideReason)), cancellationToken) is Answer.Refused { Code: not RefusalCode.NotInThisStage } refused) return refused;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Set<DialogueRow>().FirstOrDefaultAsync(row => row.Id == ask.Dialogue.Value, cancellationToken) is not { } row) return RefusalCode.NoSuchDialogue;
        if (row.Stage is Stage.Closed) return RefusalCode.CodeEnded;
        // Thirty to the ninth: a clash is for the unique index to refuse, and then to try again.
        for (var attempt = 0; row.Code is null && attempt < 3; attempt++)
        {
            var code = JoinCode.New();
            try
            {
                await db.Set<DialogueRow>().Where(one => one.Id == row.Id && one.Code == null).ExecuteUpdateAsync(set => set.SetProperty(one => one.Code, code), cancellationToken);
                row.Code = await db.Set<DialogueRow>().Where(one => one.Id == row.Id).Select(one => one.Code).FirstAsync(cancellationToken);
            }
            catch (Exception e) when (UniqueViolation.Is(e)) { }
        }
        return row.Code is null ? RefusalCode.Busy : Invitation.For(row.Code, doors);
    }
}
