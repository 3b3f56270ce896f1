import numpy as np
import pandas as pd
import torch
from torch import load as load_model


def history(path):
    # ruleid: unsafe-pickle-array
    return np.load(path, allow_pickle=True)


def model(path):
    # ruleid: unsafe-pickle-array
    return load_model(path, map_location="cpu", weights_only=False)


def table(path):
    # ruleid: unsafe-pickle-array
    return pd.read_pickle(path)


def plain_history(path):
    # ok: unsafe-pickle-array
    return np.load(path)


def plain_history_said(path):
    # ok: unsafe-pickle-array
    return np.load(path, allow_pickle=False)


def weights(path):
    # ok: unsafe-pickle-array
    return torch.load(path, weights_only=True)


def plain_table(path):
    # ok: unsafe-pickle-array
    return pd.read_parquet(path)
